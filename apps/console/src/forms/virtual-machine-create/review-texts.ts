import type { KubernetesObject } from '@virtdeck/kubernetes'
import { ansibleTask, kubectlCreate } from '@virtdeck/kubevirt'
import { toYamlText } from '../manifest-text.ts'

/** Objects as JSON: several are a List, for JSON has no documents. */
export function toJsonText(objects: readonly object[]): string {
  const [only, ...others] = objects
  const shown = others.length === 0 ? only : { apiVersion: 'v1', kind: 'List', items: objects }
  return `${JSON.stringify(shown, null, 2)}\n`
}

export interface ReviewTexts {
  yaml: string
  json: string
  kubectl: string
  ansible: string
}

/** The same objects in all the ways in which they can be written down. */
export function reviewTexts(
  objects: readonly KubernetesObject[],
  titleOf: (object: KubernetesObject) => string,
): ReviewTexts {
  const yaml = toYamlText(objects)
  return {
    yaml,
    json: toJsonText(objects),
    kubectl: kubectlCreate(yaml),
    ansible: objects
      .map((object) => ansibleTask({ title: titleOf(object), yaml: toYamlText([object]) }))
      .join('\n'),
  }
}
