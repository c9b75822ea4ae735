import { hasStorageClass, type DiskValues } from './storage-values.ts'

/** What the cluster says about storage, as far as it may be read. */
export interface StorageFacts {
  /** The class of disks that name none. */
  defaultClass: string | undefined
  /** Access modes that a class's StorageProfile chooses, by the class's name. */
  profileModes: ReadonlyMap<string, readonly string[]>
  /** Access modes of existing claims, by name. */
  claimModes: ReadonlyMap<string, readonly string[]>
}

/** How a disk can be reached from nodes; undefined where it is no volume, or not known. */
function accessModesOf(disk: DiskValues, facts: StorageFacts): readonly string[] | undefined {
  if (disk.source === 'claim') return facts.claimModes.get(disk.claim)
  if (!hasStorageClass(disk)) return undefined
  if (disk.accessMode !== '') return [disk.accessMode]
  return facts.profileModes.get(disk.storageClass || (facts.defaultClass ?? ''))
}

/** F-17: the names of disks that both nodes of a live migration cannot have at once. */
export function disksAgainstLiveMigration(
  disks: readonly DiskValues[],
  facts: StorageFacts,
): string[] {
  const isAgainst = (disk: DiskValues): boolean => {
    const modes = accessModesOf(disk, facts)
    return modes !== undefined && modes.length > 0 && !modes.includes('ReadWriteMany')
  }
  return disks.filter(isAgainst).map(({ name }) => name)
}
