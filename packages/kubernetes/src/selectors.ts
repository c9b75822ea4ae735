import type { IoK8sApimachineryPkgApisMetaV1LabelSelector } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'

import { LabelSelectorParser } from './label-selector-parser.ts'

type Labels = Record<string, string>

export type LabelRequirement =
  | { key: string; operator: 'In' | 'NotIn'; values: string[] }
  | { key: string; operator: 'Exists' | 'DoesNotExist' }
  | { key: string; operator: 'Gt' | 'Lt'; values: string[] }

/** Splits at commas outside of parentheses. */
function splitTerms(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((term) => term.trim())
    .filter((term) => term !== '')
}

/** Parses `a=b,c!=d,e in (f,g),!h`; throws an Error in the words of a kube-apiserver. */
export function parseLabelSelector(text: string): LabelRequirement[] {
  return new LabelSelectorParser(text).parse()
}

/** The requirements of an object-form selector (`matchLabels`, `matchExpressions`). */
export function requirementsOf(
  selector: IoK8sApimachineryPkgApisMetaV1LabelSelector,
): LabelRequirement[] {
  const labels = Object.entries(selector.matchLabels ?? {}).map(
    ([key, value]): LabelRequirement => ({ key, operator: 'In', values: [value] }),
  )
  const expressions = (selector.matchExpressions ?? []).map(
    ({ key, operator, values }) =>
      ({ key, operator, values: values ?? [] }) as LabelRequirement,
  )
  return [...labels, ...expressions]
}

/** Whether labels meet all requirements; a missing key satisfies NotIn, as in Kubernetes. */
export function matchesLabels(
  requirements: readonly LabelRequirement[],
  labels: Labels = {},
): boolean {
  return requirements.every((requirement) => {
    const value = labels[requirement.key]
    switch (requirement.operator) {
      case 'In':
        return value !== undefined && requirement.values.includes(value)
      case 'NotIn':
        return value === undefined || !requirement.values.includes(value)
      case 'Exists':
        return value !== undefined
      case 'DoesNotExist':
        return value === undefined
      case 'Gt':
        return value !== undefined && Number(value) > Number(requirement.values[0])
      case 'Lt':
        return value !== undefined && Number(value) < Number(requirement.values[0])
      default:
        return requirement satisfies never
    }
  })
}

export interface FieldRequirement {
  path: string
  equal: boolean
  value: string
}

/** Parses `metadata.name=x,status.phase!=y`; throws an Error that names the bad term. */
export function parseFieldSelector(text: string): FieldRequirement[] {
  return splitTerms(text).map((term) => {
    const match = /^([^=!]+)(==|=|!=)(.*)$/.exec(term)
    if (match?.[1] === undefined) {
      throw new Error(`invalid selector: '${term}'; can't understand '${term}'`)
    }
    return { path: match[1].trim(), equal: match[2] !== '!=', value: (match[3] ?? '').trim() }
  })
}

/** Whether an object's fields meet all requirements; `valueOf` reads a field as a string. */
export function matchesFields(
  requirements: readonly FieldRequirement[],
  valueOf: (path: string) => string,
): boolean {
  return requirements.every(({ path, equal, value }) => (valueOf(path) === value) === equal)
}
