import type { StatusCause } from '@virtdeck/kubernetes'
import { cause } from './cause.ts'
import type { ClusterConfiguration } from './configuration.ts'

export interface Metadata {
  labels?: Record<string, string>
  annotations?: Record<string, string>
}

/** Labels by which KubeVirt's own components find each other's objects. */
export const RESERVED_LABELS: readonly string[] = [
  'kubevirt.io/created-by',
  'kubevirt.io/migrationJobUID',
  'kubevirt.io/nodeName',
  'kubevirt.io/migrationTargetNodeName',
  'kubevirt.io/schedulable',
  'kubevirt.io/install-strategy',
]

const IGNITION = 'kubevirt.io/ignitiondata'
const SIDECARS = 'hooks.kubevirt.io/hookSidecars'

export function metadataRules(
  field: string,
  { labels = {}, annotations = {} }: Metadata = {},
  { configuration, trusted }: { configuration: ClusterConfiguration; trusted: boolean },
): StatusCause[] {
  const { featureGates } = configuration
  const causes: StatusCause[] = []
  if (!trusted && RESERVED_LABELS.some((label) => label in labels)) {
    const message =
      'creation of the following reserved kubevirt.io/ labels on a VMI object is prohibited'
    causes.push(cause(`${field}.labels`, message, 'FieldValueNotSupported'))
  }
  if (annotations[IGNITION] && !featureGates.has('ExperimentalIgnitionSupport')) {
    const message = `ExperimentalIgnitionSupport feature gate is not enabled in kubevirt-config, invalid entry ${field}.annotations.${IGNITION}`
    causes.push(cause(`${field}.annotations`, message))
  }
  if (annotations[SIDECARS] && !featureGates.has('Sidecar')) {
    const message = `sidecar feature gate is not enabled in kubevirt-config, invalid entry ${field}.annotations.${SIDECARS}`
    causes.push(cause(`${field}.annotations`, message))
  }
  return causes
}
