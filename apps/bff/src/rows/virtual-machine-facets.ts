import type { VirtualMachineFacet, VirtualMachineRow } from '@virtdeck/bff-contract'

const some = (value: string | undefined): readonly string[] => (value ? [value] : [])

const labelsOf = new WeakMap<VirtualMachineRow, readonly string[]>()

/** `key=value` of each label. */
export function labelTexts(row: VirtualMachineRow): readonly string[] {
  let texts = labelsOf.get(row)
  if (texts === undefined) {
    texts = Object.entries(row.labels).map(([key, value]) => `${key}=${value}`)
    labelsOf.set(row, texts)
  }
  return texts
}

/** The values of a row by which lists are narrowed. */
export const FACET_VALUES: Record<
  VirtualMachineFacet,
  (row: VirtualMachineRow) => readonly string[]
> = {
  status: ({ status }) => [status],
  node: ({ node }) => some(node),
  template: ({ template }) => some(template),
  operatingSystem: ({ operatingSystem }) => some(operatingSystem),
  label: labelTexts,
  namespace: ({ namespace }) => [namespace],
  storageClass: ({ storageClasses }) => storageClasses,
  network: ({ networks }) => networks,
}
