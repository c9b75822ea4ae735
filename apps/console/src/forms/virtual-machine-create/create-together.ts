import { RESOURCES, type KubernetesObject, type ResourceRef } from '@virtdeck/kubernetes'
import { toApiError, type ApiError } from '../../live/api-error.ts'
import type { kubernetes } from '../../live/kubernetes.ts'
import { isNoAnswer } from '../yaml-create/check-objects.ts'

type Writer = Pick<typeof kubernetes, 'create' | 'remove' | 'mergePatch'>

/** What the wizard makes, and what templates make beside a VM. */
const RESOURCE_OF: Record<string, ResourceRef> = {
  ConfigMap: RESOURCES.configMaps,
  DataVolume: RESOURCES.dataVolumes,
  PersistentVolumeClaim: RESOURCES.persistentVolumeClaims,
  Secret: RESOURCES.secrets,
  Service: RESOURCES.services,
  Template: RESOURCES.templates,
  VirtualMachine: RESOURCES.virtualMachines,
}

/** What became of one object. */
export interface ObjectOutcome {
  /** As the server answered where it made it, otherwise as it was sent. */
  object: KubernetesObject
  /**
   * `rolledBack`: made, and deleted again because another one failed. `created` beside a failed
   * one: deleting it failed too. `unknown`: the answer got lost, so it may be there or not.
   */
  state: 'created' | 'failed' | 'unknown' | 'rolledBack' | 'notTried'
  /** What was refused last: creating it, deleting it again, or tying it to its VM. */
  error?: ApiError
}

interface Together {
  /** What refers to the others comes last: the VM. */
  objects: readonly KubernetesObject[]
  /** What an earlier attempt made and could not delete again: it goes first. */
  leftovers: readonly KubernetesObject[]
}

export const isAllCreated = (outcomes: readonly ObjectOutcome[]): boolean =>
  outcomes.every(({ state }) => state === 'created')

/**
 * Creates the VM and what it refers to, all at once. If one of them is refused, those that were
 * made are deleted again, so that another try starts from nothing. If none is, the others go
 * with the VM when it is deleted.
 */
export async function createTogether(
  { objects, leftovers }: Together,
  writer: Writer,
): Promise<ObjectOutcome[]> {
  const cleared = await Promise.all(leftovers.map((object) => rollBack(object, writer)))
  const stuck = cleared.filter(({ state }) => state !== 'rolledBack')
  if (stuck.length > 0) {
    return [...stuck, ...objects.map((object) => ({ object, state: 'notTried' as const }))]
  }
  const outcomes = await Promise.all(objects.map((object) => make(object, writer)))
  if (isAllCreated(outcomes)) return tie(outcomes, writer)
  return Promise.all(
    outcomes.map(async (outcome) =>
      outcome.state === 'created' ? rollBack(outcome.object, writer) : outcome,
    ),
  )
}

async function make(object: KubernetesObject, { create }: Writer): Promise<ObjectOutcome> {
  try {
    return { object: await create(resourceOf(object), object), state: 'created' }
  } catch (cause) {
    const error = toApiError(cause)
    const isLost = isNoAnswer(error) && error.status !== 401 && error.status !== 429
    return { object, state: isLost ? 'unknown' : 'failed', error }
  }
}

async function rollBack(object: KubernetesObject, { remove }: Writer): Promise<ObjectOutcome> {
  try {
    await remove(resourceOf(object), targetOf(object), object.metadata?.uid)
  } catch (cause) {
    const error = toApiError(cause)
    // Gone already, or another one has its name by now.
    const isGone = error.status === 404 || error.status === 409
    if (!isGone) return { object, state: 'created', error }
  }
  return { object, state: 'rolledBack' }
}

/** The garbage collector deletes the others with their VM. */
async function tie(
  outcomes: readonly ObjectOutcome[],
  { mergePatch }: Writer,
): Promise<ObjectOutcome[]> {
  const owner = outcomes.at(-1)?.object
  if (owner?.kind !== 'VirtualMachine') return [...outcomes]
  const { name = '', uid = '' } = owner.metadata ?? {}
  const ownerReferences = [{ apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', name, uid }]
  return Promise.all(
    outcomes.map(async (outcome) => {
      const { object } = outcome
      if (object === owner) return outcome
      try {
        const patch = { metadata: { ownerReferences } }
        const tied = await mergePatch(resourceOf(object), targetOf(object), patch)
        return { ...outcome, object: tied }
      } catch (cause) {
        return { ...outcome, error: toApiError(cause) }
      }
    }),
  )
}

const resourceOf = ({ kind = '' }: KubernetesObject): ResourceRef => {
  const resource = RESOURCE_OF[kind]
  if (!resource) throw new Error(`the wizard makes no ${kind}`)
  return resource
}

const targetOf = ({ metadata }: KubernetesObject) => ({
  namespace: metadata?.namespace,
  name: metadata?.name ?? '',
})
