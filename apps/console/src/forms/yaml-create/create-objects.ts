import type { KubernetesObject, ResourceRef } from '@virtdeck/kubernetes'
import { toApiError } from '../../live/api-error.ts'
import type { kubernetes } from '../../live/kubernetes.ts'
import { isNoAnswer, problemsOf, type ServerProblem } from './check-objects.ts'
import type { ReadyDocument } from './prepare-objects.ts'
import { refusalsOf } from './refusal.ts'

/** What became of one document. */
export interface CreationOutcome {
  /** As the server answered, where it created it. */
  object: KubernetesObject
  resource: ResourceRef
  /**
   * `earlier`: by an earlier attempt. `changed`: likewise, but the document was edited since.
   * `unknown`: the answer got lost, so it may be there or not.
   */
  outcome: 'created' | 'earlier' | 'changed' | 'failed' | 'unknown' | 'skipped'
  /** Why it failed, with the places in the text. */
  problems?: readonly ServerProblem[]
}

/** What earlier attempts created, by the documents' keys. */
export type Created = ReadonlyMap<string, { object: KubernetesObject; source: string }>

export const isThere = ({ outcome }: CreationOutcome): boolean =>
  outcome === 'created' || outcome === 'earlier' || outcome === 'changed'

interface CreateOptions {
  created: Created
  create: typeof kubernetes.create
  onProgress?: (done: number) => void
}

/**
 * Creates the objects in order and stops at the first that fails: later ones may need it. What
 * was created before is not tried again.
 */
export async function createInOrder(
  ready: readonly ReadyDocument[],
  { created, create, onProgress }: CreateOptions,
): Promise<{ outcomes: CreationOutcome[]; created: Created }> {
  const outcomes: CreationOutcome[] = []
  const all = new Map(created)
  let hasFailed = false
  for (const [index, one] of ready.entries()) {
    const { resource, object, key } = one
    onProgress?.(index)
    const source = JSON.stringify(object)
    const before = created.get(key)
    if (before) {
      const outcome = before.source === source ? 'earlier' : 'changed'
      outcomes.push({ resource, object: before.object, outcome })
    } else if (hasFailed) outcomes.push({ resource, object, outcome: 'skipped' })
    else {
      try {
        // In order: later objects may need earlier ones.
        const answer = await create(resource, object)
        all.set(key, { object: answer, source })
        outcomes.push({ resource, object: answer, outcome: 'created' })
      } catch (cause) {
        hasFailed = true
        const error = toApiError(cause)
        const outcome = isNoAnswer(error) && error.status !== 401 ? 'unknown' : 'failed'
        const problems = outcome === 'failed' ? problemsOf(one, refusalsOf(error)) : []
        outcomes.push({ resource, object, outcome, problems })
      }
    }
  }
  return { outcomes, created: all }
}
