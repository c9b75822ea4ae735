import type { QueryClient } from '@tanstack/react-query'
import type { KubernetesObject, ResourceRef } from '@virtdeck/kubernetes'
import type { ManifestDocument, Position } from './documents.ts'
import { resolveKind, type Resolved } from './resolve-kind.ts'

/** A document with the resource that it belongs to and its project filled in. */
export interface ReadyDocument {
  document: ManifestDocument
  resource: ResourceRef
  object: KubernetesObject
  /** The same in the next attempt, so that what was created is known again. */
  key: string
}

export type KindProblem = Extract<Resolved, { problem: string }> & {
  apiVersion: string
  kind: string
  position: Position
}

export interface DuplicateProblem {
  problem: 'duplicate'
  kind: string
  name: string
  position: Position
}

interface PrepareOptions {
  queryClient: QueryClient
  /** Where objects go that name no project. */
  namespace: string
}

/** Finds the resource of every document; those that the cluster does not know are problems. */
export async function prepareObjects(
  documents: readonly ManifestDocument[],
  { queryClient, namespace }: PrepareOptions,
): Promise<{ ready: ReadyDocument[]; problems: (KindProblem | DuplicateProblem)[] }> {
  const ready: ReadyDocument[] = []
  const problems: (KindProblem | DuplicateProblem)[] = []
  const keys = new Set<string>()
  for (const document of documents) {
    const { apiVersion, kind } = document.object
    const resolved = await resolveKind(queryClient, { apiVersion, kind })
    if ('problem' in resolved) {
      const field = resolved.problem === 'unknownVersion' ? 'apiVersion' : 'kind'
      problems.push({ ...resolved, apiVersion, kind, position: document.locate(field) })
      continue
    }
    const { resource } = resolved
    const object = inProject(document.object, resource, namespace)
    const name = object.metadata?.name
    const key = name ? identityOf(resource, object) : unused(JSON.stringify(object), keys)
    if (name && keys.has(key)) {
      const position = document.locate('metadata.name')
      problems.push({ problem: 'duplicate', kind, name, position })
    }
    keys.add(key)
    ready.push({ document, resource, object, key })
  }
  return { ready, problems }
}

function inProject(
  object: KubernetesObject,
  { namespaced }: ResourceRef,
  namespace: string,
): KubernetesObject {
  if (!namespaced) return object
  return {
    ...object,
    metadata: { ...object.metadata, namespace: namespaceOf(object) ?? namespace },
  }
}

/** An empty namespace is none. */
const namespaceOf = ({ metadata }: KubernetesObject): string | undefined =>
  metadata?.namespace || undefined

const identityOf = ({ group, resource }: ResourceRef, { metadata }: KubernetesObject): string =>
  [group, resource, metadata?.namespace, metadata?.name].join('/')

/** With `generateName`, the same document twice means two objects. */
function unused(key: string, keys: ReadonlySet<string>): string {
  let candidate = key
  for (let count = 2; keys.has(candidate); count += 1) candidate = `${key} ${count}`
  return candidate
}
