import type { StatusCause } from '@virtdeck/kubernetes'
import { cause, causeIf, type InstanceSpec } from './cause.ts'
import type { ClusterConfiguration } from './configuration.ts'

/** Encrypted guests: one technology, its gate, and what does not go with it. */
export function launchSecurityRules(
  field: string,
  spec: InstanceSpec,
  { featureGates }: ClusterConfiguration,
): StatusCause[] {
  const { launchSecurity, firmware, features, devices } = spec.domain
  if (!launchSecurity) return []
  const { sev, snp, tdx } = launchSecurity
  const at = `${field}.launchSecurity`
  const types = Object.entries({ SEV: sev, SNP: snp, TDX: tdx }).filter(([, used]) => used)
  const [type = ''] = types[0] ?? []
  if (types.length !== 1) {
    return [cause(at, 'One and only one launchSecurity type can be set', 'FieldValueForbidden')]
  }
  const gate = tdx ? 'WorkloadEncryptionTDX' : 'WorkloadEncryptionSEV'
  if (!featureGates.has(gate)) {
    return [cause(at, `${gate} feature gate is not enabled in kubevirt-config`)]
  }
  const { efi } = firmware?.bootloader ?? {}
  const { smm } = features ?? {}
  return [
    ...causeIf(!!tdx && !!smm && smm.enabled !== false, at, 'TDX does not work along with SMM'),
    ...causeIf(!efi, at, `${type} requires OVMF (UEFI)`),
    ...causeIf(
      !!efi && !tdx && efi.secureBoot !== false,
      at,
      `${type} does not work along with SecureBoot`,
    ),
    ...causeIf(
      !!efi && !sev && efi.persistent,
      at,
      `${type} does not work along with Persistent EFI variables`,
    ),
    ...causeIf(
      !!sev?.attestation && spec.startStrategy !== 'Paused',
      at,
      "SEV attestation requires VMI StartStrategy 'Paused'",
    ),
    ...(devices.interfaces ?? []).flatMap(({ name, bootOrder }) =>
      causeIf(bootOrder !== undefined, at, `${type} does not work with bootable NICs: ${name}`),
    ),
  ]
}
