import type { IoK8sApiSchedulingV1PriorityClass as PriorityClass } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { type StatusCause, statusErrors } from '@virtdeck/kubernetes'
import { AGE } from './columns.ts'
import { builtInKind } from './define.ts'

/** Higher values and the prefix are for the system's own classes. */
const HIGHEST_USER_PRIORITY = 1_000_000_000
const SYSTEM_CLASSES: Record<string, number> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
}
const IMMUTABLE = ['value', 'preemptionPolicy'] as const

export const priorityClass = builtInKind<PriorityClass>({
  group: 'scheduling.k8s.io',
  versions: ['v1'],
  kind: 'PriorityClass',
  resource: 'priorityclasses',
  component: 'io.k8s.api.scheduling.v1.PriorityClass',
  singular: 'priorityclass',
  shortNames: ['pc'],
  namespaced: false,
  hasGeneration: true,
  columns: [
    { name: 'Value', type: 'integer', cell: ({ value }) => value },
    {
      name: 'Global-Default',
      type: 'boolean',
      cell: ({ globalDefault }) => globalDefault ?? false,
    },
    AGE,
    {
      name: 'PreemptionPolicy',
      type: 'string',
      cell: ({ preemptionPolicy }) => preemptionPolicy ?? '',
    },
  ],
  prepare: ({ object }) => {
    object.preemptionPolicy ??= 'PreemptLowerPriority'
  },
  admit: ({ object, oldObject }) => {
    const name = object.metadata?.name ?? ''
    const causes: StatusCause[] = []
    const forbid = (field: string, message: string) =>
      causes.push({ reason: 'FieldValueForbidden', message: `Forbidden: ${message}`, field })
    if (name.startsWith('system-') && SYSTEM_CLASSES[name] !== object.value) {
      forbid(
        'metadata.name',
        "priority class names with 'system-' prefix are reserved for system use only. error: the name prefix is reserved",
      )
    } else if (!name.startsWith('system-') && object.value > HIGHEST_USER_PRIORITY) {
      forbid(
        'value',
        `maximum allowed value of a user defined priority is ${HIGHEST_USER_PRIORITY}`,
      )
    }
    for (const field of IMMUTABLE) {
      if (!oldObject || oldObject[field] === object[field]) continue
      if (field === 'value') forbid(field, 'may not be changed in an update.')
      else {
        causes.push({
          reason: 'FieldValueInvalid',
          message: `Invalid value: "${object[field]}": field is immutable`,
          field,
        })
      }
    }
    if (causes.length > 0) throw statusErrors.invalid(priorityClass, name, causes)
  },
})
