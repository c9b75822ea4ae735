import { RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import {
  brokenTemplateRules,
  defaultValues,
  openParameters,
  problemsOf,
  toManifests,
  virtualMachineCreateValues,
  type BrokenTemplateRule,
  type ManifestOptions,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import type { TFunction } from 'i18next'
import { useEffect, useMemo, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useProject } from '../../layouts/use-project.ts'
import { useSession } from '../../live/session.ts'
import { toFieldProblem, type FieldProblem } from '../fields/form-problems.ts'
import { dropDraft, readDraft, storeDraft, type Purpose } from './draft.ts'
import { useNameTaken } from '../fields/use-name-taken.ts'
import { TEMPLATE_PARAMETER, useTemplate } from './use-template.ts'

const NAMED = {
  virtualMachine: RESOURCES.virtualMachines,
  template: RESOURCES.templates,
} as const

type ToObjects = (
  values: VirtualMachineCreateValues,
  options: ManifestOptions,
) => KubernetesObject[]

/** The wizard's form: its values, everything that is wrong with them, and its draft. */
export function useWizard(
  purpose: Purpose = 'virtualMachine',
  toObjects: ToObjects = toManifests,
) {
  const { t } = useTranslation()
  const { user, defaultNamespace } = useSession()
  const project = useProject()
  const namespace = project ?? defaultNamespace ?? 'default'
  const linked = useSearchParams()[0].get(TEMPLATE_PARAMETER)
  const [draft, setDraft] = useState(() => {
    const stored = readDraft(purpose, user.name)
    // A link to another template begins anew.
    const isOther = linked !== null && stored?.values.general.template !== linked
    return isOther ? undefined : stored
  })
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
    if (isDirty) storeDraft(purpose, { values, step }, user.name)
    else dropDraft(purpose)
  }, [purpose, isDirty, values, step, user.name])

  const { general } = values
  const isNameTaken = useNameTaken(NAMED[purpose], general)
  const template = useTemplate(form, values)
  const { chosen } = template
  const base = chosen?.base
  const rules = useMemo(() => (base ? brokenTemplateRules(values, base) : []), [base, values])
  const [refused, setRefused] = useState<Refused>(NOTHING_REFUSED)
  const problems = useMemo(() => {
    const found = problemsOf(virtualMachineCreateValues, values)
    const { namespace, name } = values.general
    if (isNameTaken) {
      found.unshift({
        path: 'general.name',
        code: purpose === 'template' ? 'templateNameTaken' : 'nameTaken',
        parameters: { name, namespace },
      })
    }
    if (template.problem) found.push(template.problem)
    const open = chosen ? openParameters(values, chosen) : []
    if (open.length > 0) {
      found.push({
        path: 'general.template',
        code: 'template.openParameters',
        parameters: { parameters: open.join(', ') },
      })
    }
    const broken = rules.filter(({ isWarning }) => !isWarning)
    // What the server refused stays until that field's step is changed.
    const current = refused.problems.filter((problem) => isUnchanged(problem, refused, values))
    return [
      ...found.map((problem) => toFieldProblem(t, problem)),
      ...broken.map((rule) => ruleProblem(t, rule)),
      ...current,
    ]
  }, [t, purpose, values, isNameTaken, template.problem, chosen, rules, refused])
  const warnings = useMemo(
    () => rules.filter(({ isWarning }) => isWarning).map((rule) => ruleProblem(t, rule)),
    [t, rules],
  )

  return {
    purpose,
    form,
    values,
    problems,
    /** What keeps nobody from going on. */
    warnings,
    /** The VM of the chosen template, for what no field shows. */
    base,
    template,
    /** What is created from values: what Review shows is what is sent. */
    toObjects: (chosen: VirtualMachineCreateValues) => toObjects(chosen, { base }),
    isDirty,
    /** The values are from before a reload or an absence. */
    isRestored: draft !== undefined && isDirty,
    startStep,
    step,
    setStep,
    refuse: (found: readonly FieldProblem[]) =>
      // A copy: the form writes into these very objects while somebody types.
      setRefused({ problems: found, values: structuredClone(values) }),
    discard: () => {
      setDraft(undefined)
      setRefused(NOTHING_REFUSED)
      dropDraft(purpose)
      template.forget()
      reset(defaultValues(namespace))
    },
  }
}

export type WizardState = ReturnType<typeof useWizard>

const ruleProblem = (t: TFunction, { path, message }: BrokenTemplateRule): FieldProblem => ({
  path,
  message: t('validation.template.rule', { message }),
  isMissing: false,
})

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
