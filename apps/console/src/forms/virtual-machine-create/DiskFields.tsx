import { RESOURCES } from '@virtdeck/kubernetes'
import {
  hasSize,
  hasStorageClass,
  isProvisioned,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import styles from '../fields/EditableTable.module.css'
import { ListedField } from '../fields/ListedField.tsx'
import { SelectField } from '../fields/SelectField.tsx'
import { TextField } from '../fields/TextField.tsx'
import { useListedObjects } from '../fields/use-listed-objects.ts'
import { ClaimField } from './ClaimField.tsx'

const BUSES = ['virtio', 'sata', 'scsi']

interface DiskFieldsProps {
  index: number
  /** What there is to know of a disk that cannot come from elsewhere. */
  sourceHint?: string
}

/** The fields of one disk, in its row's place. */
export function DiskFields({ index, sourceHint }: DiskFieldsProps) {
  const { t } = useTranslation()
  const { watch, setValue } = useFormContext<VirtualMachineCreateValues>()
  const path = `storage.disks.${index}` as const
  const disk = watch(path)
  const isBootDisk = watch('storage.bootDisk') === disk.name
  const hasPreference = watch('general.preference') !== ''
  const { source } = disk
  return (
    <div className={styles['fields']}>
      <TextField
        name={`${path}.name`}
        label={t('wizard.disk.name')}
        isRequired
        // The boot disk is chosen by name and keeps its role under a new one.
        onChange={(name) => isBootDisk && setValue('storage.bootDisk', name)}
      />
      {(source === 'blank' || source === 'empty') && (
        <SelectField
          name={`${path}.source`}
          label={t('wizard.disk.source')}
          hint={t(`wizard.diskSourceHint.${source}`)}
          choices={(['blank', 'empty'] as const).map((value) => ({
            value,
            label: t(`wizard.diskSource.${value}`),
          }))}
        />
      )}
      {source === 'claim' && <ClaimField name={`${path}.claim`} />}
      {isProvisioned(disk) && (
        <p className={styles['wide']}>{sourceHint ?? t(`wizard.diskSourceHint.${source}`)}</p>
      )}
      {hasSize(disk) && (
        <TextField
          name={`${path}.size`}
          label={t('wizard.disk.size')}
          inputMode="decimal"
          isRequired
          {...(isProvisioned(disk) && {
            hint: t(source === 'clone' ? 'wizard.disk.sizeHintClone' : 'wizard.disk.sizeHint'),
          })}
        />
      )}
      <SelectField
        name={`${path}.bus`}
        label={t('wizard.disk.bus')}
        choices={[
          {
            value: '',
            label: t(hasPreference ? 'wizard.device.preference' : 'wizard.device.cluster'),
          },
          ...BUSES.map((value) => ({ value, label: value })),
        ]}
      />
      {hasStorageClass(disk) && <StorageFields path={path} />}
    </div>
  )
}

/** F-29: what is left to the cluster's defaults comes from the storage class's profile. */
function StorageFields({ path }: { path: `storage.disks.${number}` }) {
  const { t } = useTranslation()
  const classes = useListedObjects(RESOURCES.storageClasses)
  const byDefault = { value: '', label: t('wizard.disk.default') }
  return (
    <>
      <ListedField
        name={`${path}.storageClass`}
        label={t('wizard.disk.storageClass')}
        list={classes}
        choices={[
          { value: '', label: t('wizard.disk.defaultClass') },
          ...classes.names.map((value) => ({ value, label: value })),
        ]}
      />
      <SelectField
        name={`${path}.accessMode`}
        label={t('wizard.disk.accessMode')}
        choices={[
          byDefault,
          { value: 'ReadWriteOnce', label: t('wizard.accessMode.ReadWriteOnce') },
          { value: 'ReadWriteMany', label: t('wizard.accessMode.ReadWriteMany') },
        ]}
      />
      <SelectField
        name={`${path}.volumeMode`}
        label={t('wizard.disk.volumeMode')}
        choices={[
          byDefault,
          { value: 'Filesystem', label: t('wizard.volumeMode.Filesystem') },
          { value: 'Block', label: t('wizard.volumeMode.Block') },
        ]}
      />
    </>
  )
}
