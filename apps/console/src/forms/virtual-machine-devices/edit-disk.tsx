import { diskItem } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { CheckboxField } from '../fields/CheckboxField.tsx'
import { SelectField } from '../fields/SelectField.tsx'
import { TextField } from '../fields/TextField.tsx'
import { editDialog } from '../virtual-machine-edit/EditDialog.tsx'

const asIs = (value: string) => ({ value, label: value })

function DiskOptionFields() {
  const { t } = useTranslation()
  const byDefault = { value: '', label: t('wizard.device.cluster') }
  return (
    <>
      <SelectField
        name="drive"
        label={t('devices.drive')}
        choices={(['disk', 'cdrom', 'lun'] as const).map((value) => ({
          value,
          label: t(`devices.driveType.${value}`),
        }))}
      />
      <SelectField
        name="bus"
        label={t('wizard.disk.bus')}
        choices={[byDefault, ...['virtio', 'sata', 'scsi', 'usb'].map(asIs)]}
      />
      <SelectField
        name="cache"
        label={t('devices.options.cache')}
        choices={[byDefault, ...['none', 'writethrough', 'writeback'].map(asIs)]}
      />
      <SelectField
        name="io"
        label={t('devices.options.io')}
        choices={[byDefault, ...['native', 'threads'].map(asIs)]}
      />
      <TextField
        name="serial"
        label={t('devices.options.serial')}
        hint={t('devices.options.serialHint')}
      />
      <CheckboxField
        name="isShareable"
        label={t('devices.options.shareable')}
        description={t('devices.options.shareableHint')}
      />
    </>
  )
}

/** F-31: the dialog of one disk. Make it once for as long as it is open. */
export const editDiskDialog = (name: string) =>
  editDialog({
    subject: 'disk',
    device: name,
    item: diskItem(name),
    Fields: DiskOptionFields,
    effect: 'restart',
    variant: 'medium',
  })
