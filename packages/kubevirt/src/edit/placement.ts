import type { K8sIoApiCoreV1Toleration as Toleration } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { z } from 'zod'
import { labelValueFindings, metadataKeyFindings } from '../validation/labels.ts'
import { checked, finding, report } from '../validation/problem.ts'
import { instanceSpecOf } from './instance-spec-of.ts'
import type { EditItem } from './item.ts'

const key = checked(metadataKeyFindings)
const labelValue = checked(labelValueFindings)

const nodeSelectorValues = z
  .object({ labels: z.array(z.object({ key, value: labelValue })) })
  .superRefine(({ labels }, context) => {
    for (const [index, { key: name }] of labels.entries()) {
      const isTwice = labels.findIndex((other) => other.key === name) < index
      report(context, ['labels', index, 'key'], finding(isTwice, 'duplicateName', { name }))
    }
  })
export type NodeSelectorValues = z.infer<typeof nodeSelectorValues>

/** The labels that a node must have. */
export const nodeSelectorItem: EditItem<NodeSelectorValues> = {
  schema: nodeSelectorValues,
  read: ({ spec }) => ({
    labels: Object.entries(spec.template?.spec?.nodeSelector ?? {}).map(([name, value]) => ({
      key: name,
      value,
    })),
  }),
  write: (virtualMachine, { labels }) => {
    const spec = instanceSpecOf(virtualMachine)
    delete spec.nodeSelector
    if (labels.length === 0) return
    spec.nodeSelector = Object.fromEntries(labels.map(({ key: name, value }) => [name, value]))
  },
  places: [[/nodeSelector/, 'labels']],
}

const tolerationsValues = z.object({
  tolerations: z.array(
    z
      .object({
        /** Nothing = every taint. */
        key: z.string(),
        operator: z.enum(['Exists', 'Equal']),
        value: labelValue,
        /** Nothing = every effect. */
        effect: z.enum(['', 'NoSchedule', 'PreferNoSchedule', 'NoExecute']),
        /** Seconds; kept as they are. */
        seconds: z.number().optional(),
      })
      .superRefine(({ key: name, operator }, context) => {
        const isNeeded = operator === 'Equal' || name !== ''
        report(context, ['key'], isNeeded ? metadataKeyFindings(name) : [])
      }),
  ),
})
export type TolerationsValues = z.infer<typeof tolerationsValues>
type TolerationValues = TolerationsValues['tolerations'][number]

/** The taints of nodes that do not keep the VM away. */
export const tolerationsItem: EditItem<TolerationsValues> = {
  schema: tolerationsValues,
  read: ({ spec }) => ({ tolerations: (spec.template?.spec?.tolerations ?? []).map(fieldsOf) }),
  write: (virtualMachine, { tolerations }) => {
    const spec = instanceSpecOf(virtualMachine)
    delete spec.tolerations
    if (tolerations.length > 0) spec.tolerations = tolerations.map(tolerationOf)
  },
  places: [[/tolerations\[(\d+)\]/, 'tolerations']],
}

const fieldsOf = (toleration: Toleration): TolerationValues => ({
  key: toleration.key ?? '',
  operator: toleration.operator === 'Exists' ? 'Exists' : 'Equal',
  value: toleration.value ?? '',
  effect: toleration.effect ?? '',
  ...(toleration.tolerationSeconds !== undefined && { seconds: toleration.tolerationSeconds }),
})

const tolerationOf = (values: TolerationValues): Toleration => ({
  ...(values.key !== '' && { key: values.key }),
  operator: values.operator,
  ...(values.operator === 'Equal' && { value: values.value }),
  ...(values.effect !== '' && { effect: values.effect }),
  // The API server takes seconds for this effect only.
  ...(values.seconds !== undefined &&
    values.effect === 'NoExecute' && { tolerationSeconds: values.seconds }),
})
