import { Label } from '@patternfly/react-core'
import {
  bootDisks,
  deviceDefaults,
  editTemplateDisks,
  hasSize,
  hasStorageClass,
  newDisk,
  shownVirtualMachine,
  templateDisks,
  templateLabels,
  virtualMachineOf,
  withBootDisk,
  volumeSourceOf,
  volumeTypeOf,
  type DiskSource,
  type DiskValues,
  type Template,
  type TemplateDisk,
} from '@virtdeck/kubevirt'
import type { TFunction } from 'i18next'
import { Fragment, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { DiskSource as SourceOfDisk } from '../../pages/virtual-machines/overview/DisksCard.tsx'
import { DiskFields } from '../virtual-machine-create/DiskFields.tsx'
import { BootDiskField } from './BootDiskField.tsx'
import { DeviceCard } from './DeviceCard.tsx'
import { useDeviceEditing } from './use-device-editing.ts'

const disksOf = (template: Template): TemplateDisk[] => {
  const virtualMachine = virtualMachineOf(template)
  return virtualMachine ? templateDisks(virtualMachine) : []
}

/** A size that an open parameter decides is shown as the template says it. */
const sizeText = (t: TFunction, size: string): string =>
  size.includes('${') ? size : t('wizard.gibibytes', { size })

/** F-60: the disks that every VM of a template gets. */
export function TemplateDisks({ template }: { template: Template }) {
  const { t } = useTranslation()
  const devices = useDeviceEditing<DiskValues>({
    latest: template,
    path: 'storage.disks',
    rowsOf: (each) => disksOf(each).map(({ values }) => values),
    put: (values, disks) => ({ ...values, storage: { disks, bootDisk: '' } }),
    rowIn: ({ storage }, index) => storage.disks[index],
    apply: editTemplateDisks,
  })
  const { shown, editing } = devices
  const disks = useMemo(() => disksOf(shown), [shown])
  // With its parameters filled in: people read what it will be.
  const machine = useMemo(() => shownVirtualMachine(shown), [shown])
  const filled = useMemo(() => (machine ? templateDisks(machine) : []), [machine])
  const original = virtualMachineOf(shown)
  const volumes = machine?.spec.template.spec?.volumes ?? []
  const { bus } = deviceDefaults({
    operatingSystem: templateLabels(template, 'operatingSystem')[0] ?? '',
    preference: machine?.spec.preference?.name ?? '',
  })
  const bootDisk = original && bootDisks(original).current
  const rows = devices.rows.filter((row) => row !== undefined)
  const add = (source: DiskSource) => devices.add(newDisk(rows, { source, bus }))
  const open = editing && disks[editing.index]
  const isImage = open?.values.source === 'image' && !open.volume?.containerDisk
  return (
    <DeviceCard
      template={template}
      title={t('virtualMachine.disks.title')}
      none={t('template.devices.noDisks')}
      columns={[
        t('wizard.disk.name'),
        t('wizard.disk.source'),
        t('wizard.disk.size'),
        t('wizard.disk.bus'),
        t('wizard.disk.storageClass'),
      ]}
      rows={rows.map((row, index) => {
        const disk = disks[index]
        const volume = volumes.find(({ name }) => name === row.name)
        const isNew = row.source === 'blank'
        const type = isNew ? undefined : disk?.volume && volumeTypeOf(disk.volume)
        return {
          name: row.name,
          path: `storage.disks.${index}`,
          cells: [
            <Fragment key="name">
              {row.name}{' '}
              {row.name === bootDisk && <Label isCompact>{t('wizard.review.bootable')}</Label>}
            </Fragment>,
            type === undefined ? (
              t(`wizard.diskSource.${row.source}`)
            ) : (
              <SourceOfDisk
                key="source"
                volumeType={type}
                source={machine && volume && volumeSourceOf(machine, volume)}
              />
            ),
            hasSize(row)
              ? sizeText(t, filled[index]?.values.size ?? row.size)
              : t('common.notAvailable'),
            row.bus || t('wizard.device.cluster'),
            hasStorageClass(row)
              ? row.storageClass || t('wizard.disk.defaultClass')
              : t('common.notAvailable'),
          ],
        }
      })}
      devices={devices}
      editor={
        editing && (
          <DiskFields
            index={editing.index}
            {...(isImage && { sourceHint: t('template.devices.fixedSource') })}
          />
        )
      }
      {...(original && {
        footer: (lockedReason) => (
          <BootDiskField
            virtualMachine={original}
            lockedReason={lockedReason}
            isPending={devices.isPending}
            onChange={(name) => devices.change((each) => withBootDisk(each, name))}
          />
        ),
      })}
      add={[
        { label: t('wizard.disk.create'), onClick: () => add('blank') },
        { label: t('wizard.disk.attach'), onClick: () => add('claim') },
      ]}
    />
  )
}
