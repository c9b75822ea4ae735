import type { Problem } from '@virtdeck/kubevirt'
import type { TFunction } from 'i18next'
import { createContext, use } from 'react'
import { useTranslation } from 'react-i18next'

/** What is wrong with a field, in words. */
export interface FieldProblem {
  path: string
  message: string
  /** Nothing was entered yet: no reproach until the user has been there. */
  isMissing: boolean
}

export const FormProblems = createContext<readonly FieldProblem[]>([])

/** What is worth knowing about a field and keeps nobody from going on. */
export const FormWarnings = createContext<readonly FieldProblem[]>([])

export const problemText = (t: TFunction, { code, parameters }: Problem): string =>
  t(`validation.${code}`, { ...parameters })

export const toFieldProblem = (t: TFunction, problem: Problem): FieldProblem => ({
  path: problem.path,
  message: problemText(t, problem),
  isMissing: problem.code === 'required',
})

/** The problems of one field that are to be shown now. */
export function useFieldProblems(path: string, isTouched: boolean): string[] {
  const problems = use(FormProblems)
  return problems
    .filter((problem) => problem.path === path && (isTouched || !problem.isMissing))
    .map(({ message }) => message)
}

export function useFieldWarnings(path: string): string[] {
  const warnings = use(FormWarnings)
  return warnings.filter((warning) => warning.path === path).map(({ message }) => message)
}

/** All problems of a step or row, whether they are shown at their fields or not. */
export function useProblemsBelow(path: string): FieldProblem[] {
  const problems = use(FormProblems)
  return problems.filter((problem) => problem.path.startsWith(`${path}.`))
}

/** Why a list cannot be chosen from, as the line below the text field in its place. */
export function useListReason(): (error: { message: string }) => string {
  const { t } = useTranslation()
  return (error) => t('validation.listUnavailable', { reason: error.message })
}
