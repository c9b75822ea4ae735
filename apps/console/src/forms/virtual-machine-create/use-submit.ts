import type { KubernetesObject } from '@virtdeck/kubernetes'
import {
  placeOfCause,
  placesOfMessage,
  virtualMachineManifest,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toApiError, type ApiError } from '../../live/api-error.ts'
import { kubernetes } from '../../live/kubernetes.ts'
import { useMutation } from '../../live/use-mutation.ts'
import type { FieldProblem } from '../fields/form-problems.ts'
import { createTogether, isAllCreated, type ObjectOutcome } from './create-together.ts'
import type { WizardState } from './use-wizard.ts'

const STEPS = ['general', 'networking', 'storage'] as const

const NAMED = {
  virtualMachine: { resource: 'virtualmachines', code: 'validation.nameTaken' },
  template: { resource: 'templates', code: 'validation.templateNameTaken' },
} as const

const NOTHING_TRIED: readonly ObjectOutcome[] = []

/** Creates the objects; what the server refuses goes to the fields it came from. */
export function useSubmit(
  wizard: WizardState,
  onCreated: (outcomes: readonly ObjectOutcome[]) => void,
) {
  const { t } = useTranslation()
  const [outcomes, setOutcomes] = useState(NOTHING_TRIED)
  const leftovers = useRef<readonly KubernetesObject[]>([])
  const { mutate, isPending, error } = useMutation({
    run: async (values: VirtualMachineCreateValues) => {
      const made = await createTogether(
        { objects: wizard.toObjects(values), leftovers: leftovers.current },
        kubernetes,
      )
      const isDone = isAllCreated(made)
      leftovers.current = isDone
        ? []
        : made.filter(({ state }) => state === 'created').map(({ object }) => object)
      setOutcomes(isDone ? NOTHING_TRIED : made)
      if (!isDone) throw firstError(made)
      return made
    },
    onSuccess: (made) => {
      wizard.discard()
      onCreated(made)
    },
  })

  const placed = (refusal: ApiError, values: VirtualMachineCreateValues): FieldProblem[] => {
    const { name, namespace } = values.general
    if (refusal.reason === 'AlreadyExists') {
      // Only the name of the VM or template itself is a field; Review says what else is in the way.
      const { resource, code } = NAMED[wizard.purpose]
      if (!refusal.message.startsWith(resource)) return []
      const message = t(code, { name, namespace })
      return [{ path: 'general.name', message, isMissing: false }]
    }
    if (refusal.causes.length === 0) {
      const { message } = refusal
      const paths = placesOfMessage(message, values)
      return paths.map((path) => ({ path, message, isMissing: false }))
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
    /** What became of each object when the last attempt failed. */
    outcomes,
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

/** Why the attempt failed: what was refused comes before what could not be deleted again. */
export function firstError(outcomes: readonly ObjectOutcome[]): ApiError {
  const failed = outcomes.filter(({ error }) => error !== undefined)
  return toApiError((failed.find(({ state }) => state === 'failed') ?? failed[0])?.error)
}
