import { defaultValues, toManifests, toTemplate } from '@virtdeck/kubevirt'
import { toYamlText } from '../manifest-text.ts'

/** What the page proposes at first. */
export type ExampleKind = 'virtualMachine' | 'template'

interface Example {
  kind: ExampleKind
  namespace: string
  name: string
}

/** F-15, F-60: a VM, or a template of one, that can be created as it is. */
export function exampleText({ kind, namespace, name }: Example): string {
  const values = defaultValues(namespace)
  values.general.name = name
  values.general.image = 'localhost/virtdeck/tiny-linux:latest'
  return toYamlText(kind === 'template' ? [toTemplate(values)] : toManifests(values))
}

/** The example can be created again and again, and is no other VM's name. */
export const exampleName = (): string =>
  `example-${crypto.getRandomValues(new Uint16Array(1))[0]?.toString(36).padStart(4, '0')}`
