import type {
  V1VirtualMachineInstanceSpec as InstanceSpec,
  V1VirtualMachineSpec as MachineSpec,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { StatusCause } from '@virtdeck/kubernetes'
import type { ClusterConfiguration } from './configuration.ts'

export type { InstanceSpec, MachineSpec }

/**
 * A rule of KubeVirt's validating webhooks about a VMI's spec; `field` is where that spec stands:
 * `spec` of a VMI, `spec.template.spec` of a VM. Messages and field names are virt-api's,
 * typing errors included (release-1.9, `pkg/virt-api/webhooks/validating-webhook/admitters`,
 * `pkg/storage/admitters`, `pkg/network/admitter`).
 */
export type InstanceRule = (
  field: string,
  spec: InstanceSpec,
  configuration: ClusterConfiguration,
) => StatusCause[]

type Reason =
  | 'FieldValueInvalid'
  | 'FieldValueRequired'
  | 'FieldValueDuplicate'
  | 'FieldValueNotSupported'
  | 'FieldValueNotFound'
  | 'FieldValueForbidden'

export function cause(
  field: string,
  message: string,
  reason: Reason = 'FieldValueInvalid',
): StatusCause {
  return { reason, message, field }
}

export function causeIf(
  violated: boolean | undefined,
  field: string,
  message: string,
): StatusCause[] {
  return violated ? [cause(field, message)] : []
}
