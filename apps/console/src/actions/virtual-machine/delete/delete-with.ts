import { RESOURCES, type KubernetesObject, type ResourceRef } from '@virtdeck/kubernetes'
import {
  belongingKey,
  deletionPlan,
  type Belonging,
  type BelongingKind,
} from '@virtdeck/kubevirt'
import { toApiError, type ApiError } from '../../../live/api-error.ts'
import { kubernetes } from '../../../live/kubernetes.ts'
import type { VirtualMachineTarget } from '../action.ts'

export const BELONGING_RESOURCES: Readonly<Record<BelongingKind, ResourceRef>> = {
  DataVolume: RESOURCES.dataVolumes,
  PersistentVolumeClaim: RESOURCES.persistentVolumeClaims,
  Secret: RESOURCES.secrets,
  ConfigMap: RESOURCES.configMaps,
  Service: RESOURCES.services,
  VirtualMachineSnapshot: RESOURCES.virtualMachineSnapshots,
}

export interface DeletionOutcome {
  /** A belonging's key, or `VirtualMachine`. */
  key: string
  result: 'deleted' | 'kept' | 'failed' | 'notTried'
  /** It had been deleted before. */
  wasGone?: true
  error?: ApiError
}

interface DeleteWithOptions {
  belongings: readonly Belonging[]
  /** Keys of what is to go. */
  going: ReadonlySet<string>
}

/**
 * Deletes a VM and what was chosen. What is to be kept is released first: once the VM is gone,
 * the garbage collector asks nobody. If that fails, the VM stays. May be called again with the
 * same choice to do what is left.
 */
export async function deleteWith(
  target: VirtualMachineTarget,
  { belongings, going }: DeleteWithOptions,
): Promise<DeletionOutcome[]> {
  const plan = deletionPlan(belongings, going)
  const of = (step: (typeof plan)[number]['step']) =>
    plan.filter((fate) => fate.step === step).map(({ belonging }) => belonging)

  const released = await Promise.all(
    of('released').map((belonging) =>
      attempt(belonging, 'kept', () => release(belonging, target)),
    ),
  )
  if (released.some(({ result }) => result === 'failed')) {
    const rest = [...of('collected'), ...of('deleted')]
    return [...released, ...notTried(rest), { key: 'VirtualMachine', result: 'notTried' }]
  }
  const machine: DeletionOutcome = await removeMachine(target)
  if (machine.result === 'failed') {
    return [...released, machine, ...notTried([...of('collected'), ...of('deleted')])]
  }
  const deleted = await Promise.all(
    of('deleted').map((belonging) =>
      attempt(belonging, 'deleted', () =>
        kubernetes.remove(BELONGING_RESOURCES[belonging.kind], at(belonging, target)),
      ),
    ),
  )
  const asDecided = (list: Belonging[], result: 'deleted' | 'kept'): DeletionOutcome[] =>
    list.map((belonging) => ({ key: belongingKey(belonging), result }))
  return [
    machine,
    ...released,
    ...asDecided(of('collected'), 'deleted'),
    ...deleted,
    ...asDecided(of('kept'), 'kept'),
  ]
}

const at = ({ name }: Belonging, { namespace }: VirtualMachineTarget) => ({ namespace, name })

const notTried = (belongings: readonly Belonging[]): DeletionOutcome[] =>
  belongings.map((belonging) => ({ key: belongingKey(belonging), result: 'notTried' }))

async function removeMachine({
  namespace,
  name,
  uid,
}: VirtualMachineTarget): Promise<DeletionOutcome> {
  const key = 'VirtualMachine'
  try {
    await kubernetes.remove(RESOURCES.virtualMachines, { namespace, name }, uid)
    return { key, result: 'deleted' }
  } catch (error) {
    const apiError = toApiError(error)
    if (apiError.status === 404) return { key, result: 'deleted', wasGone: true }
    return { key, result: 'failed', error: apiError }
  }
}

/** What is not there any more has been deleted by somebody else: that is no failure. */
async function attempt(
  belonging: Belonging,
  result: 'deleted' | 'kept',
  work: () => Promise<unknown>,
): Promise<DeletionOutcome> {
  const key = belongingKey(belonging)
  try {
    await work()
    return { key, result }
  } catch (error) {
    const apiError = toApiError(error)
    if (apiError.status === 404) return { key, result: 'deleted' }
    return { key, result: 'failed', error: apiError }
  }
}

/**
 * Takes the VM from the owners; other owners stay. Where CDI has taken a finished DataVolume
 * away, its claim has the owner.
 */
async function release(belonging: Belonging, target: VirtualMachineTarget): Promise<void> {
  try {
    await releaseObject(BELONGING_RESOURCES[belonging.kind], { belonging, target })
  } catch (error) {
    if (belonging.kind !== 'DataVolume' || toApiError(error).status !== 404) throw error
    await releaseObject(RESOURCES.persistentVolumeClaims, { belonging, target })
  }
}

async function releaseObject(
  resource: ResourceRef,
  { belonging, target }: { belonging: Belonging; target: VirtualMachineTarget },
): Promise<void> {
  const { metadata } = await kubernetes.get<KubernetesObject>(resource, at(belonging, target))
  const owners = metadata?.ownerReferences ?? []
  if (!owners.some(({ uid }) => uid === target.uid)) return
  await kubernetes.mergePatch(resource, at(belonging, target), {
    metadata: {
      // Somebody else's change meanwhile is a conflict, not lost.
      resourceVersion: metadata?.resourceVersion,
      ownerReferences: owners.filter(({ uid }) => uid !== target.uid),
    },
  })
}
