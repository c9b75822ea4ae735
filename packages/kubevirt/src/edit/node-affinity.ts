import type {
  K8sIoApiCoreV1NodeAffinity as NodeAffinity,
  K8sIoApiCoreV1NodeSelectorRequirement as Requirement,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { z } from 'zod'
import type { VirtualMachine } from '../types.ts'
import { labelValueFindings, metadataKeyFindings } from '../validation/labels.ts'
import { checked, report } from '../validation/problem.ts'
import { instanceSpecOf } from './instance-spec-of.ts'
import type { EditItem } from './item.ts'

export const AFFINITY_OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const
const HIGHEST_WEIGHT = 100

const nodeAffinityValues = z.object({
  rules: z.array(
    z
      .object({
        strength: z.enum(['required', 'preferred']),
        key: checked(metadataKeyFindings),
        operator: z.enum(AFFINITY_OPERATORS),
        /** Separated by commas. */
        values: z.string(),
        weight: z.number(),
      })
      .superRefine(({ operator, values }, context) => {
        if (operator === 'Exists' || operator === 'DoesNotExist') return
        const words = wordsOf(values)
        const findings = words.flatMap(labelValueFindings)
        report(context, ['values'], words.length === 0 ? [{ code: 'required' }] : findings)
      }),
  ),
})
export type NodeAffinityValues = z.infer<typeof nodeAffinityValues>
type Rule = NodeAffinityValues['rules'][number]

const wordsOf = (values: string): string[] =>
  values
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

/** Rules for nodes: all required ones hold, and preferred ones where possible. */
export const nodeAffinityItem: EditItem<NodeAffinityValues> = {
  schema: nodeAffinityValues,
  read: (virtualMachine) => ({ rules: rulesOf(virtualMachine) ?? [] }),
  write: (virtualMachine, { rules }) => {
    const spec = instanceSpecOf(virtualMachine)
    // Rules about pods are another matter and stay.
    const { nodeAffinity: _nodeAffinity, ...others } = spec.affinity ?? {}
    const affinity = { ...others, ...(rules.length > 0 && { nodeAffinity: affinityOf(rules) }) }
    delete spec.affinity
    if (Object.keys(affinity).length > 0) spec.affinity = affinity
  },
  places: [[/affinity/, 'rules']],
}

/** Whether the rules are among those that the form can show; YAML can say more. */
export const isNodeAffinityEditable = (virtualMachine: VirtualMachine): boolean =>
  rulesOf(virtualMachine) !== undefined

function rulesOf({ spec }: VirtualMachine): Rule[] | undefined {
  const { nodeAffinity } = spec.template?.spec?.affinity ?? {}
  const terms =
    nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
  const preferred = nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  const isSimple =
    terms.length <= 1 &&
    preferred.every(({ preference }) => preference.matchExpressions?.length === 1) &&
    [...terms, ...preferred.map(({ preference }) => preference)].every(
      ({ matchFields, matchExpressions = [] }) =>
        !matchFields?.length && matchExpressions.every(({ operator }) => isKnown(operator)),
    )
  if (!isSimple) return undefined
  const required = terms.flatMap(({ matchExpressions = [] }) => matchExpressions)
  return [
    ...required.map((requirement) => ruleOf('required', requirement, HIGHEST_WEIGHT)),
    ...preferred.flatMap(({ weight, preference }) =>
      (preference.matchExpressions ?? []).map((one) => ruleOf('preferred', one, weight)),
    ),
  ]
}

const isKnown = (operator: string): operator is Rule['operator'] =>
  (AFFINITY_OPERATORS as readonly string[]).includes(operator)

const ruleOf = (
  strength: Rule['strength'],
  { key, operator, values = [] }: Requirement,
  weight: number,
): Rule => ({
  strength,
  key,
  operator: operator as Rule['operator'],
  values: values.join(', '),
  weight,
})

const requirementOf = ({ key, operator, values }: Rule): Requirement => ({
  key,
  operator,
  ...((operator === 'In' || operator === 'NotIn') && { values: wordsOf(values) }),
})

function affinityOf(rules: readonly Rule[]): NodeAffinity {
  const required = rules.filter(({ strength }) => strength === 'required').map(requirementOf)
  const preferred = rules
    .filter(({ strength }) => strength === 'preferred')
    .map((rule) => ({
      weight: rule.weight,
      preference: { matchExpressions: [requirementOf(rule)] },
    }))
  return {
    ...(required.length > 0 && {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: required }],
      },
    }),
    ...(preferred.length > 0 && {
      preferredDuringSchedulingIgnoredDuringExecution: preferred,
    }),
  }
}
