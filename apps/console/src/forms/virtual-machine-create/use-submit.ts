import {
  placeOfCause,
  toManifests,
  virtualMachineManifest,
  type VirtualMachine,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../live/api-error.ts'
import { kubernetes } from '../../live/kubernetes.ts'
import { useMutation } from '../../live/use-mutation.ts'
import type { FieldProblem } from '../fields/form-problems.ts'
import { createTogether } from './create-together.ts'
import type { WizardState } from './use-wizard.ts'

const STEPS = ['general', 'networking', 'storage'] as const

/** Creates the VM; what the server refuses goes to the fields it came from. */
export function useSubmit(wizard: WizardState, onCreated: (created: VirtualMachine) => void) {
  const { t } = useTranslation()
  const { mutate, isPending, error, reset } = useMutation({
    run: (values: VirtualMachineCreateValues) =>
      createTogether(toManifests(values, { base: wizard.base }), kubernetes),
    onSuccess: (created) => {
      wizard.discard()
      onCreated(created)
    },
  })

  const placed = (refusal: ApiError, values: VirtualMachineCreateValues): FieldProblem[] => {
    const { name, namespace } = values.general
    if (refusal.reason === 'AlreadyExists' && refusal.message.startsWith('configmaps ')) {
      return [{ path: 'general.windows.unattend', message: refusal.message, isMissing: false }]
    }
    if (refusal.reason === 'AlreadyExists') {
      const message = t('validation.nameTaken', { name, namespace })
      return [{ path: 'general.name', message, isMissing: false }]
    }
    const virtualMachine = virtualMachineManifest(values, { base: wizard.base })
    return refusal.causes.flatMap((cause) => {
      const { field, message = refusal.message, reason } = cause
      const path = placeOfCause(
        {
          message,
          ...(field !== undefined && { field }),
          ...(reason !== undefined && { reason }),
        },
        { values, virtualMachine },
      )
      return path === undefined ? [] : [{ path, message, isMissing: false }]
    })
  }

  return {
    isPending,
    /** The refusal in the server's words, for Review. */
    error,
    reset,
    /** Calls back with the first refused field and its step, if the server named one. */
    submit: (onRefused: (step: string, path: string) => void) => {
      const { values } = wizard
      mutate(values, {
        onError: (refusal) => {
          const found = placed(refusal, values)
          wizard.refuse(found)
          for (const step of STEPS) {
            const first = found.find(({ path }) => path.startsWith(`${step}.`))
            if (first) return onRefused(step, first.path)
          }
        },
      })
    },
  }
}

export type Submit = ReturnType<typeof useSubmit>
