import {
  defaultValues,
  problemsOf,
  virtualMachineCreateValues,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useEffect, useMemo, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useProject } from '../../layouts/use-project.ts'
import { useSession } from '../../live/session.ts'
import { toFieldProblem, type FieldProblem } from '../fields/form-problems.ts'
import { dropDraft, readDraft, storeDraft } from './draft.ts'
import { useNameTaken } from './use-name-taken.ts'

/** The wizard's form: its values, everything that is wrong with them, and its draft. */
export function useWizard() {
  const { t } = useTranslation()
  const { user, defaultNamespace } = useSession()
  const project = useProject()
  const namespace = project ?? defaultNamespace ?? 'default'
  const [draft, setDraft] = useState(() => readDraft(user.name))
  const [startStep] = useState(draft?.step ?? 1)
  const [step, setStep] = useState(startStep)
  const form = useForm<VirtualMachineCreateValues>({
    defaultValues: draft?.values ?? defaultValues(namespace),
    shouldUnregister: false,
  })
  const { control, setValue, reset } = form
  const values = useWatch({ control }) as VirtualMachineCreateValues

  // The project selector of the page is the same choice.
  useEffect(() => {
    if (project !== undefined) setValue('general.namespace', project)
  }, [project, setValue])

  const pristine = useMemo(
    () => JSON.stringify(defaultValues(values.general.namespace)),
    [values.general.namespace],
  )
  const isDirty = JSON.stringify(values) !== pristine
  useEffect(() => {
    if (isDirty) storeDraft({ values, step }, user.name)
    else dropDraft()
  }, [isDirty, values, step, user.name])

  const { general } = values
  const isNameTaken = useNameTaken(general.namespace, general.name)
  const [refused, setRefused] = useState<Refused>(NOTHING_REFUSED)
  const problems = useMemo(() => {
    const found = problemsOf(virtualMachineCreateValues, values)
    const { namespace, name } = values.general
    if (isNameTaken) {
      found.unshift({
        path: 'general.name',
        code: 'nameTaken',
        parameters: { name, namespace },
      })
    }
    // What the server refused stays until that field's step is changed.
    const current = refused.problems.filter((problem) => isUnchanged(problem, refused, values))
    return [...found.map((problem) => toFieldProblem(t, problem)), ...current]
  }, [t, values, isNameTaken, refused])

  return {
    form,
    values,
    problems,
    isDirty,
    /** The values are from before a reload or an absence. */
    isRestored: draft !== undefined && isDirty,
    startStep,
    setStep,
    refuse: (found: readonly FieldProblem[]) => setRefused({ problems: found, values }),
    discard: () => {
      setDraft(undefined)
      setRefused(NOTHING_REFUSED)
      dropDraft()
      reset(defaultValues(namespace))
    },
  }
}

export type WizardState = ReturnType<typeof useWizard>

interface Refused {
  problems: readonly FieldProblem[]
  /** The values that were sent. */
  values: VirtualMachineCreateValues | undefined
}

const NOTHING_REFUSED: Refused = { problems: [], values: undefined }

type StepName = keyof VirtualMachineCreateValues

function isUnchanged(
  { path }: FieldProblem,
  { values: sent }: Refused,
  values: VirtualMachineCreateValues,
): boolean {
  const step = path.split('.')[0] as StepName
  return sent !== undefined && JSON.stringify(sent[step]) === JSON.stringify(values[step])
}
