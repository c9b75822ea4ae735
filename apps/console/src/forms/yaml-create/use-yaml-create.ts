import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMutation } from '../../live/use-mutation.ts'
import {
  createInOrder,
  prepare,
  tryOut,
  type CreationOutcome,
  type KindProblem,
  type ServerProblem,
} from './create-objects.ts'
import { identityOf, readDocuments, type Position, type TextProblem } from './documents.ts'
import { missingClaims, type MissingClaim } from './missing-claims.ts'

/** A problem in words, with its place in the text. */
export interface ShownProblem {
  message: string
  position?: Position
}

interface Attempt {
  problems: readonly ShownProblem[]
  warnings: readonly MissingClaim[]
  outcomes: readonly CreationOutcome[]
}

const NOTHING: Attempt = { problems: [], warnings: [], outcomes: [] }

interface YamlCreateOptions {
  text: string
  /** Where objects go that name no project. */
  namespace: string
  /** All documents are created. */
  onDone: (outcomes: readonly CreationOutcome[]) => void
}

/** Creates what a text describes: all problems at once, and nothing as long as there is one. */
export function useYamlCreate({ text, namespace, onDone }: YamlCreateOptions) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [attempt, setAttempt] = useState<Attempt & { text?: string }>(NOTHING)
  const [created, setCreated] = useState<ReadonlySet<string>>(new Set())
  const mutation = useMutation({
    run: async ({ isSure }: { isSure: boolean }): Promise<Attempt> => {
      const { documents, problems } = readDocuments(text)
      if (problems.length > 0) {
        return { ...NOTHING, problems: problems.map((problem) => inWords(t, problem)) }
      }
      const { ready, problems: unknown } = await prepare(documents, { queryClient, namespace })
      const remaining = ready.filter(({ object }) => !created.has(identityOf(object)))
      const refused = [...unknown, ...(await tryOut(remaining))]
      if (refused.length > 0) {
        return { ...NOTHING, problems: refused.map((problem) => inWords(t, problem)) }
      }
      const warnings = isSure ? [] : await missingClaims(ready.map(({ object }) => object))
      if (warnings.length > 0) return { ...NOTHING, warnings }
      return { ...NOTHING, outcomes: await createInOrder(ready, created) }
    },
    onSuccess: (result) => {
      setAttempt({ ...result, text })
      const done = result.outcomes.filter(({ outcome }) => outcome === 'created')
      setCreated((before) => new Set([...before, ...done.map((one) => identityOf(one.object))]))
      const isAll = result.outcomes.every(
        ({ outcome }) => outcome === 'created' || outcome === 'earlier',
      )
      if (result.outcomes.length > 0 && isAll) onDone(result.outcomes)
    },
  })
  // What was said about another text does not hold any more.
  const isCurrent = attempt.text === text
  return {
    problems: attempt.problems,
    warnings: isCurrent ? attempt.warnings : [],
    outcomes: attempt.outcomes,
    /** The server did not answer, or refused to say what it serves. */
    error: mutation.error,
    isPending: mutation.isPending,
    create: () => mutation.mutate({ isSure: isCurrent && attempt.warnings.length > 0 }),
    startOver: () => {
      setAttempt(NOTHING)
      setCreated(new Set())
    },
  }
}

function inWords(
  t: TFunction,
  problem: TextProblem | KindProblem | ServerProblem,
): ShownProblem {
  if ('problem' in problem) {
    const { position } = problem
    if (problem.problem === 'refused') return { message: problem.message, position }
    const { apiVersion, kind } = problem
    const message =
      problem.problem === 'unknownVersion'
        ? t('yaml.problem.unknownVersion', { apiVersion })
        : t('yaml.problem.unknownKind', { apiVersion, kind, kinds: problem.kinds.join(', ') })
    return { message, position }
  }
  switch (problem.code) {
    case 'empty':
      return { message: t('yaml.problem.empty') }
    case 'syntax':
      return problem
    case 'fieldMissing':
      return { ...problem, message: t('yaml.problem.fieldMissing', { field: problem.field }) }
    case 'duplicate':
      return { ...problem, message: t('yaml.problem.duplicate', { ...problem }) }
    default:
      return { ...problem, message: t(`yaml.problem.${problem.code}`) }
  }
}
