import type { StatusCause } from '@virtdeck/kubernetes'
import { cause, causeIf, type InstanceSpec } from './cause.ts'

/** Disks find their volumes, and no two devices boot at the same position. */
export function bootOrderRules(
  field: string,
  { domain, volumes }: InstanceSpec,
): StatusCause[] {
  const { disks = [], interfaces = [] } = domain.devices
  const taken = new Set<number>()
  const diskCauses = disks.flatMap((disk, index) => {
    const at = `${field}.domain.devices.disks[${index}]`
    const volume = volumes?.find(({ name }) => name === disk.name)
    // An empty CD-ROM drive is allowed: DeclarativeHotplugVolumes is on by default in 1.9.
    const missing = !volume && !disk.cdrom
    const causes = causeIf(missing, `${at}.name`, `${at}.Name '${disk.name}' not found.`)
    if (disk.lun && volume && !volume.persistentVolumeClaim && !volume.dataVolume) {
      const message = `${at}.lun can only be mapped to a DataVolume or PersistentVolumeClaim volume.`
      causes.push(cause(`${at}.lun`, message))
    }
    return [...causes, ...takeOrder(taken, `${at}.bootOrder`, disk.bootOrder)]
  })
  const interfaceCauses = interfaces.flatMap(({ bootOrder }, index) => {
    if (bootOrder !== undefined && bootOrder < 1) {
      // virt-api leaves the path of the list out here.
      const at = `${field}[${index}]`
      const message = `${at} must have a boot order > 0, if supplied`
      return [cause(`${at}.bootOrder`, message)]
    }
    return takeOrder(taken, `${field}.domain.devices.interfaces[${index}].bootOrder`, bootOrder)
  })
  return [...diskCauses, ...interfaceCauses]
}

function takeOrder(
  taken: Set<number>,
  field: string,
  order: number | undefined,
): StatusCause[] {
  if (order === undefined) return []
  const message = `Boot order for ${field} already set for a different device.`
  const causes = causeIf(taken.has(order), field, message)
  taken.add(order)
  return causes
}
