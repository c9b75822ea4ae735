import {
  Alert,
  Button,
  Form,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
} from '@patternfly/react-core'
import {
  problemsOf,
  virtualMachineCreateValues,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useId, type ReactNode } from 'react'
import { FormProvider, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { showToast } from '../../feedback/toasts.ts'
import { useMutation } from '../../live/use-mutation.ts'
import { Command } from '../../ui/Command.tsx'
import { FormProblems, toFieldProblem } from '../fields/form-problems.ts'
import { RefusalAlert } from '../fields/RefusalAlert.tsx'

/** What happens when the dialog is confirmed, with what is typed now. */
export interface DevicePlan {
  name: string
  /** When the guest gets it. */
  note: string
  command: string
  run: () => Promise<unknown>
}

interface DeviceDialogProps {
  title: string
  values: VirtualMachineCreateValues
  /** Where the row to add is in the wizard's form: `storage.disks.2`. */
  path: string
  planOf: (values: VirtualMachineCreateValues) => DevicePlan
  fields: ReactNode
  onClose: () => void
}

/** Adds one disk or NIC to a VM, with the wizard's own fields and rules. */
export function DeviceDialog(props: DeviceDialogProps) {
  const { title, path, planOf, fields, onClose } = props
  const { t } = useTranslation()
  const id = useId()
  const form = useForm<VirtualMachineCreateValues>({ defaultValues: props.values })
  const values = useWatch({ control: form.control }) as VirtualMachineCreateValues
  const problems = problemsOf(virtualMachineCreateValues, values)
    .filter((problem) => problem.path.startsWith(`${path}.`))
    .map((problem) => toFieldProblem(t, problem))
  const plan = problems.length === 0 ? planOf(values) : undefined
  const saving = useMutation({
    run: async ({ run }: DevicePlan) => {
      await run()
    },
    onSuccess: (_result, { name }) => {
      showToast({ variant: 'success', title: t('devices.added', { name }) })
      onClose()
    },
  })
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
                if (plan && !saving.isPending) saving.mutate(plan)
              }}
            >
              {saving.error && (
                <RefusalAlert title={t('devices.refused')} error={saving.error} />
              )}
              {fields}
              {plan && <Alert isInline isPlain variant="info" title={plan.note} />}
              {plan && (
                <div>
                  <Command command={plan.command} />
                </div>
              )}
            </Form>
          </FormProblems>
        </FormProvider>
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form={id}
          isLoading={saving.isPending}
          isDisabled={!plan || saving.isPending}
        >
          {t('devices.add')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
