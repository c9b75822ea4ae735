import type { StatusCause } from '@virtdeck/kubernetes'
import type { VirtualMachine } from '../types.ts'
import { CLOUD_INIT_DISK } from './attachments.ts'
import type { VirtualMachineCreateValues } from './values.ts'
import { dataVolumeNameOf, volumeNameOf } from './volume-name.ts'

type Place = (match: RegExpExecArray) => string | undefined

/**
 * The wizard's field that a refused field of the VM came from: `general.memory`, or undefined
 * where nobody chose it. Admission names fields as `spec.template.spec.domain.devices.disks[0].name`.
 */
export function placeOfCause(
  cause: StatusCause,
  sent: { values: VirtualMachineCreateValues; virtualMachine: VirtualMachine },
): string | undefined {
  const { values, virtualMachine } = sent
  const instance = virtualMachine.spec.template?.spec
  const disk = (name: string | undefined, field: string): string | undefined => {
    const index = values.storage.disks.findIndex((disk) => volumeNameOf(disk.name) === name)
    if (index >= 0) return `storage.disks.${index}.${field}`
    return name === CLOUD_INIT_DISK ? cloudInit : undefined
  }
  const cloudInit = `general.cloudInit.${
    values.general.cloudInit.mode === 'script' ? 'script' : 'sshKeys'
  }`
  const rules: [RegExp, Place][] = [
    [/^spec\.instancetype/, () => 'general.instancetype'],
    [/^spec\.preference/, () => 'general.preference'],
    [/^metadata\.namespace/, () => 'general.namespace'],
    [/^metadata\.name/, () => 'general.name'],
    [/annotations/, () => 'general.description'],
    [/sysprep/, () => 'general.windows.unattend'],
    [/cloudInit(NoCloud|ConfigDrive)/, () => cloudInit],
    [/\.hostname$/, () => 'general.cloudInit.hostname'],
    [
      /volumes\[(\d+)\](\.\w+)?/,
      ([, index, source]) => {
        const volume = instance?.volumes?.[Number(index)]
        const isImage = volume?.containerDisk !== undefined && source === '.containerDisk'
        return isImage ? 'general.image' : disk(volume?.name, 'name')
      },
    ],
    [
      /disks\[(\d+)\].*?(bus)?$/,
      ([, index, field]) =>
        disk(instance?.domain.devices.disks?.[Number(index)]?.name, field ?? 'name'),
    ],
    [
      /dataVolumeTemplates?\[(\d+)\](.*)/,
      ([, index, rest = '']) => {
        const name = virtualMachine.spec.dataVolumeTemplates?.[Number(index)]?.metadata?.name
        const at = values.storage.disks.findIndex(
          (disk) => dataVolumeNameOf(values.general.name, disk.name) === name,
        )
        if (at < 0) return undefined
        if (/secretRef/.test(rest)) return 'general.urlSecret'
        if (/certConfigMap/.test(rest)) return 'general.urlCertificates'
        if (/http|url/.test(rest)) return 'general.url'
        if (/\bsource\b/.test(rest)) return 'general.clone.claim'
        return `storage.disks.${at}.${/storage|resources/i.test(rest) ? 'size' : 'name'}`
      },
    ],
    [
      /interfaces\[(\d+)\]\.ports\[(\d+)\]/,
      ([, index, port]) => `networking.nics.${index}.ports.${port}.port`,
    ],
    [
      /interfaces\[(\d+)\](?:\.(macAddress|model|name))?/,
      ([, index, field]) => `networking.nics.${index}.${field ?? 'name'}`,
    ],
    [/networks\[(\d+)\]/, ([, index]) => `networking.nics.${index}.network`],
    [/\.interfaces$|\.networks$/, () => 'networking.nics'],
    [/requests\.memory/, () => 'general.memoryRequest'],
    [/\.memory/, () => 'general.memory'],
    [/\.cpu/, () => 'general.cpus'],
  ]
  const field = cause.field ?? ''
  for (const [pattern, place] of rules) {
    const match = pattern.exec(field)
    if (match) return place(match)
  }
  return undefined
}

/**
 * The wizard's fields that a refusal without causes is about. The pool of MAC addresses names
 * neither the NIC nor the address; those that were left empty it chose itself.
 */
export function placesOfMessage(
  message: string,
  { networking }: VirtualMachineCreateValues,
): string[] {
  if (!/\bmac address/i.test(message)) return []
  return networking.nics.flatMap(({ macAddress }, index) =>
    macAddress === '' ? [] : [`networking.nics.${index}.macAddress`],
  )
}
