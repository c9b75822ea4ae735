import {
  ActionList,
  ActionListGroup,
  ActionListItem,
  Button,
  Content,
  Form,
  Stack,
  StackItem,
} from '@patternfly/react-core'
import { PlusCircleIcon } from '@patternfly/react-icons'
import {
  deviceDefaults,
  hasSize,
  hasStorageClass,
  isProvisioned,
  newDisk,
  type DiskSource,
  type DiskValues,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { EditableTable } from '../fields/EditableTable.tsx'
import { SelectField } from '../fields/SelectField.tsx'
import { useRowEditing } from '../fields/use-row-editing.ts'
import { DiskFields } from './DiskFields.tsx'
import { LiveMigrationNote } from './LiveMigrationNote.tsx'

/** F-13: the VM's disks; the first comes with the source. */
export function StorageStep() {
  const { t } = useTranslation()
  const { watch, setValue } = useFormContext<VirtualMachineCreateValues>()
  const { disks, bootDisk } = watch('storage')
  const { preference, source } = watch('general')
  const isPxe = source === 'pxe'
  const { bus } = deviceDefaults(watch('general'))
  const change = (changed: DiskValues[]) => {
    setValue('storage.disks', changed)
    const isGone = !changed.some(({ name }) => name === bootDisk)
    const [first] = changed
    if (isGone) setValue('storage.bootDisk', first && !isPxe ? first.name : '')
  }
  const rows = useRowEditing<DiskValues>({
    path: 'storage.disks',
    rows: disks,
    onChange: change,
  })
  const add = (source: DiskSource) => rows.add(newDisk(disks, { source, bus }))
  const root = disks.find(isProvisioned)
  return (
    <Stack hasGutter>
      <StackItem>
        <Content component="p">
          {t(isPxe ? 'wizard.disk.introPxe' : 'wizard.disk.intro')}
        </Content>
      </StackItem>
      <StackItem>
        <EditableTable
          label={t('wizard.disk.table')}
          columns={[
            t('wizard.disk.name'),
            t('wizard.disk.source'),
            t('wizard.disk.size'),
            t('wizard.disk.bus'),
            t('wizard.disk.storageClass'),
          ]}
          rows={disks.map((disk, index) => ({
            name: disk.name,
            path: `storage.disks.${index}`,
            cells: [
              disk.name,
              disk.source === 'claim' && disk.claim !== ''
                ? disk.claim
                : t(`wizard.diskSource.${disk.source}`),
              hasSize(disk)
                ? t('wizard.gibibytes', { size: disk.size })
                : t('common.notAvailable'),
              disk.bus ||
                t(preference === '' ? 'wizard.device.cluster' : 'wizard.device.preference'),
              hasStorageClass(disk)
                ? disk.storageClass || t('wizard.disk.defaultClass')
                : t('common.notAvailable'),
            ],
            keptReason: isProvisioned(disk) ? t('wizard.disk.kept') : undefined,
          }))}
          editing={rows.index}
          editor={rows.index !== undefined && <DiskFields index={rows.index} />}
          onEdit={rows.edit}
          onAccept={rows.accept}
          onRevert={rows.revert}
          onRemove={rows.remove}
        />
      </StackItem>
      <LiveMigrationNote disks={disks} />
      <StackItem>
        <ActionList>
          <ActionListGroup>
            <ActionListItem>
              <Button
                variant="secondary"
                icon={<PlusCircleIcon />}
                onClick={() => add('blank')}
              >
                {t('wizard.disk.create')}
              </Button>
            </ActionListItem>
            <ActionListItem>
              <Button
                variant="secondary"
                icon={<PlusCircleIcon />}
                onClick={() => add('claim')}
              >
                {t('wizard.disk.attach')}
              </Button>
            </ActionListItem>
          </ActionListGroup>
        </ActionList>
      </StackItem>
      <StackItem>
        <Form isWidthLimited maxWidth="24rem" onSubmit={(event) => event.preventDefault()}>
          <SelectField
            name="storage.bootDisk"
            label={t('wizard.disk.bootDisk')}
            isRequired={!isPxe && disks.length > 0}
            {...(isPxe && { hint: t('wizard.disk.bootDiskPxe') })}
            {...(root && { isDisabled: true, hint: t('wizard.disk.bootDiskFixed') })}
            choices={[
              ...(isPxe || disks.length === 0
                ? [{ value: '', label: t('wizard.general.none') }]
                : []),
              ...disks.map(({ name }) => ({ value: name, label: name })),
            ]}
          />
        </Form>
      </StackItem>
    </Stack>
  )
}
