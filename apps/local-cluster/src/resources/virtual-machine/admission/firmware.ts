import type { StatusCause } from '@virtdeck/kubernetes'
import { cause, causeIf, type InstanceSpec } from './cause.ts'
import { pathProblems } from './paths.ts'

/** ACPI tables come from secrets among the volumes. */
export function acpiRules(
  field: string,
  { domain, volumes = [] }: InstanceSpec,
): StatusCause[] {
  const acpi = domain.firmware?.acpi
  if (!acpi) return []
  const at = `${field}.acpi`
  if (!acpi.slicNameRef && !acpi.msdmNameRef) {
    return [cause(at, 'ACPI was set but no SLIC nor MSDM volume reference was set')]
  }
  return (['slicNameRef', 'msdmNameRef'] as const).flatMap((reference) => {
    const name = acpi[reference]
    if (!name) return []
    const volume = volumes.find((candidate) => candidate.name === name)
    if (!volume) {
      return [cause(`${at}.${reference}`, `${at} does not have a matching Volume.`)]
    }
    const message = `${at} refers to Volume of unsupported type.`
    return causeIf(!volume.secret, `${at}.${reference}`, message)
  })
}

export function firmwareRules(field: string, { domain }: InstanceSpec): StatusCause[] {
  const { bootloader, kernelBoot } = domain.firmware ?? {}
  const at = `${field}.domain`
  const secureBoot = bootloader?.efi && bootloader.efi.secureBoot !== false
  const { smm } = domain.features ?? {}
  return [
    ...causeIf(
      !!bootloader?.efi && !!bootloader.bios,
      `${at}.firmware.bootloader`,
      `${at}.firmware.bootloader has both EFI and BIOS configured, but they are mutually exclusive.`,
    ),
    ...(kernelBoot ? kernelBootProblems(`${at}.firmware.kernelBoot`, kernelBoot) : []),
    ...causeIf(
      secureBoot && !(smm && smm.enabled !== false),
      at,
      `${at} has EFI SecureBoot enabled. SecureBoot requires SMM, which is currently disabled.`,
    ),
  ]
}

type KernelBoot = NonNullable<NonNullable<InstanceSpec['domain']['firmware']>['kernelBoot']>

function kernelBootProblems(at: string, { container, kernelArgs }: KernelBoot): StatusCause[] {
  if (!container) {
    const message = 'kernel arguments cannot be provided without an external kernel'
    return causeIf(!!kernelArgs, `${at}.kernelArgs`, message)
  }
  const field = `${at}.container`
  const { image, kernelPath, initrdPath } = container
  const causes: StatusCause[] = []
  if (!image) {
    const message = `${field} must be defined with an image`
    causes.push(cause(`${field}.image`, message, 'FieldValueRequired'))
  }
  if (!initrdPath && !kernelPath) {
    const message = `${field} must be defined with at least one of the following: kernelPath, initrdPath`
    causes.push(cause(field, message, 'FieldValueRequired'))
  }
  return [
    ...causes,
    ...(kernelPath ? pathProblems(`${field}.kernelPath`, kernelPath) : []),
    ...(initrdPath ? pathProblems(`${field}.initrdPath`, initrdPath) : []),
  ]
}
