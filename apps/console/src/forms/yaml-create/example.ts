import { defaultValues, toManifests } from '@virtdeck/kubevirt'
import { toYamlText } from '../manifest-text.ts'

/** F-15: a VM that can be created as it is. */
export function exampleText(namespace: string): string {
  const values = defaultValues(namespace)
  values.general.name = 'example'
  values.general.image = 'localhost/virtdeck/tiny-linux:latest'
  return toYamlText(toManifests(values))
}
