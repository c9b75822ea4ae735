import { MAX_LABEL, MAX_NAME } from '../validation/names.ts'

/** A short fingerprint, the same every time, for names that have to be cut (FNV-1a). */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  }
  return hash.toString(16).padStart(8, '0')
}

function cut(name: string, max: number): string {
  if (name.length <= max) return name
  const end = `-${fingerprint(name)}`
  return name.slice(0, max - end.length).replace(/[-.]+$/, '') + end
}

/** Inside the VM a disk's name must be a DNS label: no dots, at most 63 characters. */
export const volumeNameOf = (diskName: string): string =>
  cut(diskName.replaceAll('.', '-'), MAX_LABEL)

/** The name of the DataVolume, and claim, that is made for a disk of a VM. */
export const dataVolumeNameOf = (virtualMachine: string, diskName: string): string =>
  cut(`${virtualMachine}-${diskName}`, MAX_NAME)
