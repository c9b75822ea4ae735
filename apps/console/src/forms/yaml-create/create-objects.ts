import type { QueryClient } from '@tanstack/react-query'
import type { KubernetesObject, ResourceRef } from '@virtdeck/kubernetes'
import { toApiError, type ApiError } from '../../live/api-error.ts'
import { kubernetes } from '../../live/kubernetes.ts'
import { identityOf, type ManifestDocument, type Position } from './documents.ts'
import { refusalsOf } from './refusal.ts'
import { resolveKind, type Resolved } from './resolve-kind.ts'

/** A document with the resource that it belongs to and its project filled in. */
export interface ReadyDocument {
  document: ManifestDocument
  resource: ResourceRef
  object: KubernetesObject
}

export type KindProblem = Extract<Resolved, { problem: string }> & {
  apiVersion: string
  kind: string
  position: Position
}

export interface ServerProblem {
  problem: 'refused'
  message: string
  position: Position
}

/** Finds the resource of every document; those that the cluster does not know are problems. */
export async function prepare(
  documents: readonly ManifestDocument[],
  options: { queryClient: QueryClient; namespace: string },
): Promise<{ ready: ReadyDocument[]; problems: KindProblem[] }> {
  const ready: ReadyDocument[] = []
  const problems: KindProblem[] = []
  for (const document of documents) {
    const { apiVersion, kind } = document.object
    const resolved = await resolveKind(options.queryClient, { apiVersion, kind })
    if ('problem' in resolved) {
      const field = resolved.problem === 'unknownVersion' ? 'apiVersion' : 'kind'
      problems.push({ ...resolved, apiVersion, kind, position: document.locate(field) })
      continue
    }
    const { resource } = resolved
    const metadata = { ...document.object.metadata }
    if (resource.namespaced) metadata.namespace ??= options.namespace
    ready.push({ document, resource, object: { ...document.object, metadata } })
  }
  return { ready, problems }
}

/** Everything that the server would refuse, without changing anything. */
export async function tryOut(ready: readonly ReadyDocument[]): Promise<ServerProblem[]> {
  const problems = await Promise.all(
    ready.map(async ({ document, resource, object }): Promise<ServerProblem[]> => {
      try {
        await kubernetes.create(resource, object, { dryRun: true })
        return []
      } catch (cause) {
        const error = toApiError(cause)
        if (isMadeByAnother(error, ready)) return []
        return refusalsOf(error).map(({ message, field }) => ({
          problem: 'refused',
          message,
          position: field === undefined ? document.position : document.locate(field),
        }))
      }
    }),
  )
  return problems.flat()
}

/** The project is missing only until an earlier document has made it. */
function isMadeByAnother(error: ApiError, ready: readonly ReadyDocument[]): boolean {
  return ready.some(
    ({ object }) =>
      object.kind === 'Namespace' &&
      error.status === 404 &&
      error.message.includes(`"${object.metadata?.name}"`),
  )
}

export interface CreationOutcome {
  object: KubernetesObject
  outcome: 'created' | 'earlier' | 'failed' | 'skipped'
  error?: ApiError
}

/**
 * Creates the objects in order and stops at the first that fails: later ones may need it. What
 * was created before is not tried again.
 */
export async function createInOrder(
  ready: readonly ReadyDocument[],
  created: ReadonlySet<string>,
): Promise<CreationOutcome[]> {
  const outcomes: CreationOutcome[] = []
  let hasFailed = false
  for (const { resource, object } of ready) {
    if (created.has(identityOf(object))) outcomes.push({ object, outcome: 'earlier' })
    else if (hasFailed) outcomes.push({ object, outcome: 'skipped' })
    else {
      try {
        const answer = await kubernetes.create(resource, object)
        outcomes.push({ object: answer, outcome: 'created' })
      } catch (cause) {
        hasFailed = true
        outcomes.push({ object, outcome: 'failed', error: toApiError(cause) })
      }
    }
  }
  return outcomes
}
