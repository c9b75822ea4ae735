import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { kubernetes } from '../../live/kubernetes.ts'
import { useMutation } from '../../live/use-mutation.ts'
import { checkObjects } from './check-objects.ts'
import { createInOrder, isThere, type Created, type CreationOutcome } from './create-objects.ts'
import { readDocuments } from './documents.ts'
import { missingClaims, type MissingClaim } from './missing-claims.ts'
import { prepareObjects } from './prepare-objects.ts'
import { shownProblems, type ShownProblem } from './problem-words.ts'

interface Attempt {
  problems: readonly ShownProblem[]
  warnings: readonly MissingClaim[]
  outcomes: readonly CreationOutcome[]
}

const NOTHING: Attempt = { problems: [], warnings: [], outcomes: [] }

const NONE_CREATED: Created = new Map()

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
  const [created, setCreated] = useState(NONE_CREATED)
  const [progress, setProgress] = useState<{ done: number; total: number }>()
  const { create } = kubernetes

  const mutation = useMutation({
    run: async ({ isSure }: { isSure: boolean }): Promise<Attempt & { created: Created }> => {
      const read = readDocuments(text)
      const { ready, problems } = await prepareObjects(read.documents, {
        queryClient,
        namespace,
      })
      const remaining = ready.filter(({ key }) => !created.has(key))
      const refused = await checkObjects(remaining, create)
      const all = shownProblems(t, [...read.problems, ...problems, ...refused])
      if (all.length > 0) return { ...NOTHING, problems: all, created }
      const objects = ready.map(({ object }) => object)
      const warnings = isSure ? [] : await missingClaims(objects)
      if (warnings.length > 0) return { ...NOTHING, warnings, created }
      const onProgress = (done: number) => setProgress({ done, total: ready.length })
      return { ...NOTHING, ...(await createInOrder(ready, { created, create, onProgress })) }
    },
    onSuccess: ({ created: known, ...result }) => {
      setAttempt({ ...result, text })
      setCreated(known)
      setProgress(undefined)
      if (result.outcomes.length > 0 && result.outcomes.every(isThere)) onDone(result.outcomes)
    },
  })
  // What was said about another text does not hold any more.
  const isCurrent = attempt.text === text
  const marked = useMemo(() => {
    const failed = attempt.outcomes.flatMap(({ problems = [] }) => problems)
    return [...attempt.problems, ...shownProblems(t, failed)]
  }, [attempt, t])
  return {
    /** Another object after each attempt. */
    attempt,
    problems: attempt.problems,
    warnings: isCurrent ? attempt.warnings : [],
    outcomes: attempt.outcomes,
    /** What the editor marks. */
    marked,
    /** How many of an earlier attempt's objects are there already. */
    createdBefore: created.size,
    /** The server did not answer, or refused to say what it serves. */
    error: mutation.error,
    isPending: mutation.isPending,
    progress,
    create: () => mutation.mutate({ isSure: isCurrent && attempt.warnings.length > 0 }),
    startOver: () => {
      setAttempt(NOTHING)
      setCreated(NONE_CREATED)
      mutation.reset()
    },
  }
}
