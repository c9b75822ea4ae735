import type { V1beta1VirtualMachineClone } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { VirtualMachine } from '../informers.ts'

export type VirtualMachineClone = V1beta1VirtualMachineClone

const SPEC = '/spec/template/spec/domain'

/** What two machines must not have in common, as patches of the restored VM. */
export function identityPatches(source: VirtualMachine | undefined): string[] {
  const { devices, firmware } = source?.spec.template.spec?.domain ?? {}
  const paths = [
    ...(devices?.interfaces ?? []).flatMap(({ macAddress }, index) =>
      macAddress === undefined ? [] : [`${SPEC}/devices/interfaces/${index}/macAddress`],
    ),
    ...(firmware?.uuid === undefined ? [] : [`${SPEC}/firmware/uuid`]),
    ...(firmware?.serial === undefined ? [] : [`${SPEC}/firmware/serial`]),
  ]
  return paths.map((path) => JSON.stringify({ op: 'remove', path }))
}

/** What the clone asks for besides, as a merge patch of the finished VM. */
export function finishingPatch({ spec }: VirtualMachineClone, target: VirtualMachine): object {
  const { metadata } = target
  const { newMacAddresses = {}, newSMBiosSerial, template } = spec
  const { domain } = target.spec.template.spec ?? { domain: { devices: {} } }
  const interfaces = domain.devices.interfaces?.map((each) => {
    const macAddress = newMacAddresses[each.name]
    return macAddress === undefined ? each : { ...each, macAddress }
  })
  const templateMetadata = target.spec.template.metadata
  return {
    metadata: {
      labels: dropped(metadata?.labels, spec.labelFilters),
      annotations: dropped(metadata?.annotations, spec.annotationFilters),
    },
    spec: {
      template: {
        metadata: {
          labels: dropped(templateMetadata?.labels, template?.labelFilters),
          annotations: dropped(templateMetadata?.annotations, template?.annotationFilters),
        },
        spec: {
          domain: {
            ...(interfaces && { devices: { interfaces } }),
            ...(newSMBiosSerial && { firmware: { serial: newSMBiosSerial } }),
          },
        },
      },
    },
  }
}

/** The keys that filters leave out, set to null; `*` stands for anything, `!` for all but. */
function dropped(
  entries: Record<string, string> = {},
  filters: readonly string[] | undefined,
): Record<string, null> {
  if (filters === undefined) return {}
  const matches = (filter: string, key: string): boolean => {
    const text = filter.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*')
    return new RegExp(`^${text}$`).test(key)
  }
  const negative = filters
    .filter((filter) => filter.startsWith('!'))
    .map((each) => each.slice(1))
  const positive = filters.filter((filter) => !filter.startsWith('!'))
  const kept = (key: string): boolean =>
    (positive.length === 0 || positive.some((filter) => matches(filter, key))) &&
    !negative.some((filter) => matches(filter, key))
  const gone = Object.keys(entries).filter((key) => !kept(key))
  return Object.fromEntries(gone.map((key) => [key, null]))
}
