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
  placeOfCause,
  problemsOf,
  virtualMachineCreateValues,
  type VirtualMachine,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import type { StatusCause } from '@virtdeck/kubernetes'
import { useId, useState, type ReactNode } from 'react'
import { FormProvider, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { showToast } from '../../feedback/toasts.ts'
import { useMutation } from '../../live/use-mutation.ts'
import { Command } from '../../ui/Command.tsx'
import { FormProblems, toFieldProblem, type FieldProblem } from '../fields/form-problems.ts'
import { RefusalAlert } from '../fields/RefusalAlert.tsx'

/** What happens when the dialog is confirmed, with what is typed now. */
export interface DevicePlan {
  name: string
  /** When the guest gets it. */
  note: string
  command: string
  run: () => Promise<unknown>
  /** The VM as it is written, to find the fields that the server refuses. */
  sent?: VirtualMachine
}

interface DeviceDialogProps {
  title: string
  values: VirtualMachineCreateValues
  /** Where the row to add is in the wizard's form (`storage.disks.2`), and what it is made of. */
  paths: readonly string[]
  /** What else is wrong with it. */
  problemsIn?: (values: VirtualMachineCreateValues) => FieldProblem[]
  planOf: (values: VirtualMachineCreateValues) => DevicePlan
  fields: ReactNode
  onClose: () => void
}

/** Adds one disk or NIC to a VM, with the wizard's own fields and rules. */
export function DeviceDialog(props: DeviceDialogProps) {
  const { title, paths, problemsIn, planOf, fields, onClose } = props
  const { t } = useTranslation()
  const id = useId()
  const form = useForm<VirtualMachineCreateValues>({ defaultValues: props.values })
  const values = useWatch({ control: form.control }) as VirtualMachineCreateValues
  const problems = [
    ...problemsOf(virtualMachineCreateValues, values)
      .filter(({ path }) => paths.some((one) => path === one || path.startsWith(`${one}.`)))
      .map((problem) => toFieldProblem(t, problem)),
    ...(problemsIn?.(values) ?? []),
  ]
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
  const key = JSON.stringify(values)
  const [sent, setSent] = useState<{ key: string; virtualMachine: VirtualMachine }>()
  // What the server said holds for what it was asked.
  const causes = sent?.key === key ? (saving.error?.causes ?? []) : []
  const refusals = causes.flatMap((cause): FieldProblem[] => {
    const path =
      sent &&
      placeOfCause(cause as StatusCause, { values, virtualMachine: sent.virtualMachine })
    const isShown = paths.some((one) => path === one || path?.startsWith(`${one}.`))
    return path !== undefined && isShown
      ? [{ path, message: cause.message ?? '', isMissing: false }]
      : []
  })
  const isTold = refusals.length > 0 && refusals.length === causes.length
  return (
    <Modal isOpen variant="medium" aria-labelledby={`${id}-title`} onClose={onClose}>
      <ModalHeader title={title} labelId={`${id}-title`} />
      <ModalBody>
        <FormProvider {...form}>
          <FormProblems value={[...problems, ...refusals]}>
            <Form
              id={id}
              onSubmit={(event) => {
                event.preventDefault()
                if (!plan || saving.isPending) return
                setSent(plan.sent && { key, virtualMachine: plan.sent })
                saving.mutate(plan)
              }}
            >
              {saving.error && !isTold && (
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
