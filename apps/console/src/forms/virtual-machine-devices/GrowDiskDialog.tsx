import {
  Button,
  Content,
  Form,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
} from '@patternfly/react-core'
import { RESOURCES } from '@virtdeck/kubernetes'
import {
  claimSizeOf,
  claimSizeValues,
  growthPatch,
  problemsOf,
  type ClaimSizeValues,
  type DiskClaim,
} from '@virtdeck/kubevirt'
import { useId } from 'react'
import { FormProvider, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { showToast } from '../../feedback/toasts.ts'
import { kubernetes } from '../../live/kubernetes.ts'
import { useMutation } from '../../live/use-mutation.ts'
import { Command } from '../../ui/Command.tsx'
import { FormProblems, toFieldProblem } from '../fields/form-problems.ts'
import { RefusalAlert } from '../fields/RefusalAlert.tsx'
import { TextField } from '../fields/TextField.tsx'

interface GrowDiskDialogProps {
  /** The disk's name in its VM. */
  disk: string
  namespace: string
  claim: DiskClaim
  isRunning: boolean
  onClose: () => void
}

/** Lets a disk's claim grow; the running guest is told by KubeVirt. */
export function GrowDiskDialog(props: GrowDiskDialogProps) {
  const { disk, namespace, claim, isRunning, onClose } = props
  const { t } = useTranslation()
  const id = useId()
  const name = claim.metadata?.name ?? ''
  const form = useForm<ClaimSizeValues>({ defaultValues: claimSizeOf(claim) })
  const values = useWatch({ control: form.control }) as ClaimSizeValues
  const problems = problemsOf(claimSizeValues(claim), values).map((problem) =>
    toFieldProblem(t, problem),
  )
  const saving = useMutation({
    run: () =>
      kubernetes.mergePatch(
        RESOURCES.persistentVolumeClaims,
        { namespace, name },
        growthPatch(values),
      ),
    onSuccess: () => {
      showToast({ variant: 'success', title: t('devices.grow.done', { name: disk }) })
      onClose()
    },
  })
  const refusals = (saving.error?.causes ?? [])
    .filter(({ field }) => /resources|storage/.test(field ?? ''))
    .map(({ message = '' }) => ({ path: 'size', message, isMissing: false }))
  const canSave = problems.length === 0 && !saving.isPending
  // What was there when the dialog opened is not a mistake yet.
  const shown = form.formState.isDirty ? problems : []
  return (
    <Modal isOpen variant="small" aria-labelledby={`${id}-title`} onClose={onClose}>
      <ModalHeader title={t('devices.grow.title', { name: disk })} labelId={`${id}-title`} />
      <ModalBody>
        <FormProvider {...form}>
          <FormProblems value={[...shown, ...refusals]}>
            <Form
              id={id}
              onSubmit={(event) => {
                event.preventDefault()
                if (canSave) saving.mutate(undefined)
              }}
            >
              {saving.error && refusals.length === 0 && (
                <RefusalAlert title={t('devices.refused')} error={saving.error} />
              )}
              <TextField
                name="size"
                label={t('wizard.disk.size')}
                inputMode="decimal"
                isRequired
                hint={t('devices.grow.hint')}
              />
              <Content component="p">
                {t(isRunning ? 'devices.grow.running' : 'devices.grow.stopped')}
              </Content>
              {problems.length === 0 && (
                <div>
                  <Command
                    command={`kubectl patch persistentvolumeclaim ${name} --namespace=${namespace} --type=merge --patch='${JSON.stringify(growthPatch(values))}'`}
                  />
                </div>
              )}
            </Form>
          </FormProblems>
        </FormProvider>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form={id} isLoading={saving.isPending} isDisabled={!canSave}>
          {t('devices.grow.action')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
