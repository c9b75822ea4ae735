import { defaultValues, toManifests } from '@virtdeck/kubevirt'
import { toYamlText } from '../manifest-text.ts'

/** F-15: a VM that can be created as it is. */
export function exampleText({ namespace, name }: { namespace: string; name: string }): string {
  const values = defaultValues(namespace)
  values.general.name = name
  values.general.image = 'localhost/virtdeck/tiny-linux:latest'
  return toYamlText(toManifests(values))
}

/** The example can be created again and again, and is no other VM's name. */
export const exampleName = (): string =>
  `example-${crypto.getRandomValues(new Uint16Array(1))[0]?.toString(36).padStart(4, '0')}`
