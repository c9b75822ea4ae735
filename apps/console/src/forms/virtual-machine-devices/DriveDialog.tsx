import {
  Alert,
  Button,
  Form,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
} from '@patternfly/react-core'
import { RESOURCES } from '@virtdeck/kubernetes'
import {
  addDrive,
  changesMediumLive,
  driveSchema,
  ejectMedium,
  insertMedium,
  mediumOf,
  patchCommand,
  patchOf,
  problemsOf,
  type DriveValues,
  type VirtualMachine,
  type VirtualMachineInstance,
} from '@virtdeck/kubevirt'
import { useId } from 'react'
import { FormProvider, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { showToast } from '../../feedback/toasts.ts'
import { useMutation } from '../../live/use-mutation.ts'
import { Command } from '../../ui/Command.tsx'
import { FormProblems, toFieldProblem } from '../fields/form-problems.ts'
import { ListedField } from '../fields/ListedField.tsx'
import { RadioField } from '../fields/RadioField.tsx'
import { RefusalAlert } from '../fields/RefusalAlert.tsx'
import { TextField } from '../fields/TextField.tsx'
import { useListedObjects } from '../fields/use-listed-objects.ts'
import { useSaveChange } from './use-save-change.ts'

interface DriveDialogProps {
  virtualMachine: VirtualMachine
  instance: VirtualMachineInstance | null | undefined
  /** The drive to put something into; a new one without. */
  drive?: string
  onClose: () => void
}

/** F-31: a CD-ROM drive more, or another medium in one that is there. */
export function DriveDialog(props: DriveDialogProps) {
  const { virtualMachine, instance, drive, onClose } = props
  const { t } = useTranslation()
  const saveChange = useSaveChange()
  const id = useId()
  const { namespace = '', name: owner = '' } = virtualMachine.metadata ?? {}
  const { disks = [] } = virtualMachine.spec.template?.spec?.domain.devices ?? {}
  const taken = drive === undefined ? disks.map(({ name }) => name) : []
  const form = useForm<DriveValues>({
    defaultValues: { name: drive ?? freeName(taken), kind: 'claim', claim: '', image: '' },
  })
  const values = useWatch({ control: form.control }) as DriveValues
  const problems = problemsOf(driveSchema(taken), values).map((problem) =>
    toFieldProblem(t, problem),
  )
  const medium = mediumOf(values)
  const change = (machine: VirtualMachine) => {
    if (drive === undefined) return addDrive(machine, values)
    return medium ? insertMedium(machine, drive, medium) : ejectMedium(machine, drive)
  }
  const isLive = drive !== undefined && changesMediumLive(instance, drive, medium)
  const note = () => {
    if (!instance) return t('devices.obstacle.notRunning')
    return t(isLive ? 'devices.medium.live' : 'devices.afterRestart')
  }
  const saving = useMutation({
    run: () => saveChange(virtualMachine, change),
    onSuccess: () => {
      showToast({ variant: 'success', title: t('devices.medium.done', { name: values.name }) })
      onClose()
    },
  })
  const claims = useListedObjects(RESOURCES.persistentVolumeClaims, namespace)
  const canSave = problems.length === 0 && !saving.isPending
  const title =
    drive === undefined
      ? t('devices.medium.addTitle', { name: owner })
      : t('devices.medium.mountTitle', { name: drive })
  return (
    <Modal isOpen variant="medium" aria-labelledby={`${id}-title`} onClose={onClose}>
      <ModalHeader title={title} labelId={`${id}-title`} />
      <ModalBody>
        <FormProvider {...form}>
          <FormProblems value={problems}>
            <Form
              id={id}
              onSubmit={(event) => {
                event.preventDefault()
                if (canSave) saving.mutate(undefined)
              }}
            >
              {saving.error && (
                <RefusalAlert title={t('devices.refused')} error={saving.error} />
              )}
              {drive === undefined && (
                <TextField name="name" label={t('wizard.disk.name')} isRequired />
              )}
              <RadioField<DriveValues['kind']>
                name="kind"
                label={t('devices.medium.label')}
                isRequired
                choices={(['claim', 'image', 'empty'] as const)
                  .filter((kind) => drive === undefined || kind !== 'empty')
                  .map((value) => ({
                    value,
                    label: t(`devices.medium.${value}`),
                    description: t(`devices.medium.${value}Hint`),
                  }))}
              />
              {values.kind === 'claim' && (
                <ListedField
                  name="claim"
                  label={t('wizard.disk.claim')}
                  isRequired
                  list={claims}
                  placeholder={t(
                    claims.isComplete && claims.names.length === 0
                      ? 'wizard.disk.noClaims'
                      : 'wizard.disk.chooseClaim',
                  )}
                  choices={claims.names.map((value) => ({ value, label: value }))}
                />
              )}
              {values.kind === 'image' && (
                <TextField
                  name="image"
                  label={t('wizard.general.image')}
                  placeholder="quay.io/kubevirt/virtio-container-disk:latest"
                  isRequired
                />
              )}
              {problems.length === 0 && (
                <Alert isInline isPlain variant="info" title={note()} />
              )}
              {problems.length === 0 && (
                <div>
                  <Command
                    command={patchCommand(patchOf(virtualMachine, change(virtualMachine)), {
                      namespace,
                      name: owner,
                    })}
                  />
                </div>
              )}
            </Form>
          </FormProblems>
        </FormProvider>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form={id} isLoading={saving.isPending} isDisabled={!canSave}>
          {t(drive === undefined ? 'devices.add' : 'devices.medium.mount')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}

function freeName(taken: readonly string[]): string {
  for (let number = 0; ; number += 1) {
    const name = `cdrom-${number}`
    if (!taken.includes(name)) return name
  }
}
