import { diskOf, volumeOf } from '../create/attachments.ts'
import { dataVolumeTemplateOf, gibibytes } from '../create/data-volume-template.ts'
import { defaultValues } from '../create/defaults.ts'
import { diskValues } from '../create/from-template.ts'
import { NAME_PARAMETER } from '../create/named-base.ts'
import { hasStorageClass, type DiskValues } from '../create/storage-values.ts'
import type { GeneralValues } from '../create/values.ts'
import type { DataVolumeTemplate, Disk, VirtualMachine, Volume } from '../types.ts'
import { checkEdit, editNamed, withVirtualMachine, type DeviceEdit } from './edit-template.ts'
import type { Template } from './template.ts'

/** A disk of a template's VM, and whether the wizard's fields say all that it is. */
export interface TemplateDisk {
  values: DiskValues
  disk: Disk
  volume: Volume | undefined
}

const dataVolumeFor = ({ spec }: VirtualMachine, volume: Volume | undefined) =>
  spec.dataVolumeTemplates?.find(({ metadata }) => metadata?.name === volume?.dataVolume?.name)

/** The disks of a template's VM as rows of the storage step, all of them. */
export function templateDisks(virtualMachine: VirtualMachine): TemplateDisk[] {
  const { domain, volumes = [] } = virtualMachine.spec.template.spec ?? {}
  return (domain?.devices.disks ?? []).map((disk) => {
    const volume = volumes.find(({ name }) => name === disk.name)
    const known = diskValues(virtualMachine, {
      disk,
      volume: volume ?? { name: disk.name },
      isBoot: false,
    })
    const source = dataVolumeFor(virtualMachine, volume)?.spec
    // A DataSource is copied like a disk.
    const isCopied = source?.sourceRef || (source?.source && !source.source.blank)
    const isOwn = isCopied && !source.source?.http
    // What is neither a claim nor scratch space nor made for the VM has no fields of its own.
    const isFixed = !source && known.source === 'blank'
    return {
      values: {
        ...known,
        ...(isOwn && { source: 'clone' as const }),
        ...(isFixed && { source: 'image' as const, size: '' }),
        ...openSize(virtualMachine, volume),
      },
      disk,
      volume,
    }
  })
}

/** A size that a parameter decides is no number, and stays as the template says it. */
function openSize(virtualMachine: VirtualMachine, volume: Volume | undefined) {
  const { storage, pvc } = dataVolumeFor(virtualMachine, volume)?.spec ?? {}
  const requested = (storage ?? pvc)?.resources?.requests?.['storage']
  const size = String(requested ?? volume?.emptyDisk?.capacity ?? '')
  return size.includes('${') ? { size } : {}
}

/** F-60: one disk of a template's VM added, changed or removed; what no field shows stays. */
export const editTemplateDisks = (template: Template, edit: DeviceEdit<DiskValues>): Template =>
  withVirtualMachine(template, (virtualMachine) =>
    editDisks(virtualMachine, edit, { name: `\${${NAME_PARAMETER}}` }),
  )

/** Whom a disk is made for, and where its content comes from. */
export type DiskOwner = Pick<GeneralValues, 'name'> & Partial<GeneralValues>

/** The same for a VM; what is made for the disk is named after `owner`. */
export function editDisks(
  virtualMachine: VirtualMachine,
  edit: DeviceEdit<DiskValues>,
  owner: DiskOwner,
): VirtualMachine {
  const instance = virtualMachine.spec.template.spec
  const disks = instance?.domain.devices.disks ?? []
  checkEdit(
    edit,
    disks.map(({ name }) => name),
  )
  const old =
    edit.kind === 'add' ? undefined : edit.kind === 'remove' ? edit.name : edit.before.name
  const disk = disks.find(({ name }) => name === old)
  const volume = instance?.volumes?.find(({ name }) => name === old)
  const made = dataVolumeFor(virtualMachine, volume)
  const next = nextDisk({ disk, volume, made }, edit, owner)
  const { dataVolumeTemplates = [], ...spec } = virtualMachine.spec
  const templates = dataVolumeTemplates.filter((each) => each !== made)
  const position = made ? dataVolumeTemplates.indexOf(made) : templates.length
  if (next.made) templates.splice(position, 0, next.made)
  return {
    ...virtualMachine,
    spec: {
      ...spec,
      ...(templates.length > 0 && { dataVolumeTemplates: templates }),
      template: {
        ...virtualMachine.spec.template,
        spec: {
          ...instance,
          domain: {
            ...instance?.domain,
            devices: {
              ...instance?.domain.devices,
              disks: editNamed(disks, { old, item: next.disk }),
            },
          },
          volumes: editNamed(instance?.volumes, { old, item: next.volume }),
        },
      },
    },
  }
}

interface Parts {
  disk: Disk | undefined
  volume: Volume | undefined
  made: DataVolumeTemplate | undefined
}

const NOTHING: Parts = { disk: undefined, volume: undefined, made: undefined }

function nextDisk(parts: Parts, edit: DeviceEdit<DiskValues>, owner: DiskOwner): Parts {
  if (edit.kind === 'remove') return NOTHING
  const { row } = edit
  if (edit.kind === 'add') return newParts(row, owner)
  const { before } = edit
  const disk = parts.disk && changedDisk(parts.disk, edit)
  if (row.source !== before.source) return { ...newParts(row, owner), disk }
  const volume = parts.volume && changedVolume(parts.volume, edit)
  return { disk, volume, made: parts.made && changedDataVolume(parts.made, edit) }
}

function newParts(row: DiskValues, owner: DiskOwner): Parts {
  const open = { ...defaultValues('').general, ...owner }
  return {
    disk: diskOf(row, undefined),
    volume: volumeOf(row, open),
    made: hasStorageClass(row) ? dataVolumeTemplateOf(row, open) : undefined,
  }
}

interface Change {
  before: DiskValues
  row: DiskValues
}

function changedDisk(disk: Disk, { before, row }: Change): Disk {
  const renamed = { ...disk, name: row.name }
  if (row.bus === before.bus) return renamed
  const kind = disk.cdrom ? 'cdrom' : disk.lun ? 'lun' : 'disk'
  const { bus: _, ...device } = disk[kind] ?? {}
  return { ...renamed, [kind]: { ...device, ...(row.bus !== '' && { bus: row.bus }) } }
}

function changedVolume(volume: Volume, { before, row }: Change): Volume {
  const { persistentVolumeClaim, emptyDisk } = volume
  return {
    ...volume,
    name: row.name,
    ...(persistentVolumeClaim &&
      row.claim !== before.claim && {
        persistentVolumeClaim: { ...persistentVolumeClaim, claimName: row.claim },
      }),
    ...(emptyDisk &&
      row.size !== before.size && {
        emptyDisk: { ...emptyDisk, capacity: gibibytes(row.size) },
      }),
  }
}

function changedDataVolume(
  made: DataVolumeTemplate,
  { before, row }: Change,
): DataVolumeTemplate {
  const kind = (made.spec.storage ?? !made.spec.pvc) ? 'storage' : 'pvc'
  const claim = made.spec[kind]
  const changed = {
    ...claim,
    ...(row.size !== before.size && {
      resources: {
        ...claim?.resources,
        requests: { ...claim?.resources?.requests, storage: gibibytes(row.size) },
      },
    }),
    // Nothing stands for the cluster's default.
    ...(row.storageClass !== before.storageClass && {
      storageClassName: row.storageClass || undefined,
    }),
    ...(row.accessMode !== before.accessMode && {
      accessModes: row.accessMode === '' ? undefined : [row.accessMode],
    }),
    ...(row.volumeMode !== before.volumeMode && { volumeMode: row.volumeMode || undefined }),
  }
  const said = Object.fromEntries(
    Object.entries(changed).filter(([, value]) => value !== undefined),
  )
  return { ...made, spec: { ...made.spec, [kind]: said } }
}
