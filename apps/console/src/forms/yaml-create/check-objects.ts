import { toApiError, type ApiError } from '../../live/api-error.ts'
import type { kubernetes } from '../../live/kubernetes.ts'
import type { Position } from './documents.ts'
import { inParallel } from './in-parallel.ts'
import type { ReadyDocument } from './prepare-objects.ts'
import { isStrict, refusalsOf, type Refusal } from './refusal.ts'

export interface ServerProblem {
  problem: 'refused'
  refusal: Refusal
  kind: string
  name: string
  namespace: string | undefined
  position: Position
}

type Create = typeof kubernetes.create

/** As many as a browser sends at once anyway. */
const AT_ONCE = 6

/** Nothing is known about the object then: not that it is wrong, and not that it is right. */
const NO_ANSWER = new Set([0, 401, 429, 502, 503, 504])

export const isNoAnswer = ({ status }: ApiError): boolean => NO_ANSWER.has(status)

/** Everything that the server would refuse, found without changing anything. */
export async function checkObjects(
  ready: readonly ReadyDocument[],
  create: Create,
): Promise<ServerProblem[]> {
  const problems = await inParallel(AT_ONCE, ready, async (one, index) => {
    const refusals = await refusalsFor({ one, earlier: ready.slice(0, index), create })
    return problemsOf(one, refusals)
  })
  return problems.flat()
}

/** What was refused, with its place in the text. */
export const problemsOf = (
  { document, object }: ReadyDocument,
  refusals: readonly Refusal[],
): ServerProblem[] =>
  refusals.map((refusal) => ({
    problem: 'refused',
    refusal,
    kind: object.kind ?? '',
    name: object.metadata?.name ?? object.metadata?.generateName ?? '',
    namespace: object.metadata?.namespace,
    position:
      'field' in refusal && refusal.field ? document.locate(refusal.field) : document.position,
  }))

interface Check {
  one: ReadyDocument
  earlier: readonly ReadyDocument[]
  create: Create
}

async function refusalsFor({ one, earlier, create }: Check): Promise<Refusal[]> {
  const tryOut = (object: ReadyDocument['object'], fieldValidation: 'Strict' | 'Ignore') =>
    create(one.resource, object, { dryRun: true, fieldValidation }).then(
      () => undefined,
      (cause: unknown) => {
        const error = toApiError(cause)
        if (isNoAnswer(error)) throw error
        return isCuredByThen(error, earlier) || isNoDryRun(error) ? undefined : error
      },
    )
  const refusals: Refusal[] = []
  const take = (error: ApiError | undefined) =>
    refusals.push(...(error ? refusalsOf(error) : []))

  // The server stops at unknown fields, and again at a bad name. Everything is to be told at
  // once, so it is asked again without them.
  let { object } = one
  let validation: 'Strict' | 'Ignore' = 'Strict'
  let error = await tryOut(object, validation)
  take(error)
  if (error && isStrict(error)) {
    validation = 'Ignore'
    error = await tryOut(object, validation)
    take(error)
  }
  if (error && isBadName(error)) {
    object = { ...object, metadata: { ...object.metadata, name: 'check' } }
    const other = await tryOut(object, validation)
    if (other?.status === 422) take(other)
  }
  return refusals
}

const isBadName = ({ status, causes }: ApiError): boolean =>
  status === 422 && causes.length > 0 && causes.every(({ field }) => field === 'metadata.name')

/**
 * Something is missing that an earlier document makes: a project, an instance type, a service
 * account. Whether that is all shows when it is there.
 */
function isCuredByThen({ message }: ApiError, earlier: readonly ReadyDocument[]): boolean {
  if (!/not found|n[o']t exist|no matches/i.test(message)) return false
  return earlier.some(({ object }) => {
    const name = object.metadata?.name
    return name !== undefined && words(message).has(name)
  })
}

/** Names as messages quote them: `namespaces "web" not found`, `default/web`. */
const words = (message: string): Set<string> => new Set(message.match(/[a-z0-9][a-z0-9.-]*/g))

/** Some admission webhooks cannot be tried out. */
const isNoDryRun = ({ message }: ApiError): boolean =>
  /does not support dry.?run/i.test(message)
