import type { TFunction } from 'i18next'
import type { ServerProblem } from './check-objects.ts'
import type { Position, TextProblem } from './documents.ts'
import type { DuplicateProblem, KindProblem } from './prepare-objects.ts'

export type Problem = TextProblem | KindProblem | DuplicateProblem | ServerProblem

/** A problem in words, with its place in the text. */
export interface ShownProblem {
  message: string
  position?: Position
  /** The editor marks syntax while it is typed; it need not be told. */
  isSyntax: boolean
}

/** All problems in words, from top to bottom. */
export const shownProblems = (t: TFunction, problems: readonly Problem[]): ShownProblem[] =>
  problems
    .map((problem) => ({
      message: messageOf(t, problem),
      ...('position' in problem && { position: problem.position }),
      isSyntax: 'code' in problem && problem.code === 'syntax',
    }))
    .toSorted(
      ({ position: a }, { position: b }) =>
        (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0),
    )

function messageOf(t: TFunction, problem: Problem): string {
  if ('problem' in problem) {
    switch (problem.problem) {
      case 'refused':
        return refusalMessage(t, problem)
      case 'duplicate':
        return t('yaml.problem.duplicate', { kind: problem.kind, name: problem.name })
      case 'unknownVersion':
      case 'unknownKind': {
        const { suggestion, apiVersion, kind } = problem
        const message = t(`yaml.problem.${problem.problem}`, { apiVersion, kind })
        return suggestion
          ? `${message} ${t('yaml.problem.suggestion', { suggestion })}`
          : message
      }
    }
  }
  switch (problem.code) {
    case 'syntax':
      return problem.message
    case 'fieldMissing':
      return t('yaml.problem.fieldMissing', { field: problem.field })
    case 'empty':
    case 'notAnObject':
      return t(`yaml.problem.${problem.code}`)
  }
}

function refusalMessage(t: TFunction, problem: ServerProblem): string {
  const { refusal, kind, name, namespace } = problem
  switch (refusal.code) {
    case 'unknownField':
    case 'duplicateField':
      return t(`yaml.problem.${refusal.code}`, { field: refusal.field, kind })
    case 'nameTaken':
      return namespace === undefined
        ? t('yaml.problem.nameTakenInCluster', { kind, name })
        : t('yaml.problem.nameTaken', { kind, name, namespace })
    case 'noProject':
      return t('yaml.problem.noProject', { namespace })
    case 'words':
      return `${kind} ${name}: ${refusal.message}`
  }
}
