import {
  keyOf,
  ownerReferenceTo,
  RESOURCES,
  type KubernetesObject,
  type RequeueAfter,
  type ResourceRef,
} from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, failedWith, unlessGone, type Controller } from './controller.ts'
import { differences } from './merge-patch.ts'
import {
  finishingPatch,
  identityPatches,
  type VirtualMachineClone,
} from './snapshots/clone-plan.ts'
import { withConditions } from './snapshots/operation-conditions.ts'
import type { VirtualMachineRestore } from './snapshots/restore-plan.ts'
import {
  contentNameOf,
  type VirtualMachineSnapshot,
  type VirtualMachineSnapshotContent,
} from './snapshots/snapshot-content.ts'
import { timestamp } from './timestamps.ts'

const RETRY_MS = 1_000
const { virtualMachineClones, virtualMachineSnapshots, virtualMachineRestores } = RESOURCES
const GROUP = 'kubevirt.io'

/** VirtualMachineClone → a snapshot of the source, and a restore of it to another VM. */
export function virtualMachineCloneController(context: ControllerContext): Controller {
  const { client, informers, now } = context
  const clones = informers.of<VirtualMachineClone>(virtualMachineClones)
  const snapshots = informers.of<VirtualMachineSnapshot>(virtualMachineSnapshots)
  const contents = informers.of<VirtualMachineSnapshotContent>(
    RESOURCES.virtualMachineSnapshotContents,
  )
  const restores = informers.of<VirtualMachineRestore>(virtualMachineRestores)
  const virtualMachines = informers.virtualMachines()
  const ownerKey = ({ metadata }: KubernetesObject): string[] =>
    (metadata?.ownerReferences ?? []).flatMap(({ kind, name }) =>
      kind === 'VirtualMachineClone' ? [`${metadata?.namespace}/${name}`] : [],
    )

  return {
    name: 'virtual-machine-clone',
    sources: [
      changesOf(clones, (clone) => [keyOf(clone)]),
      changesOf(snapshots, ownerKey),
      changesOf(restores, ownerKey),
    ],
    reconcile: async (key) => {
      const clone = clones.get(key)
      const { phase = '' } = clone?.status ?? {}
      if (!clone || clone.metadata?.deletionTimestamp) return undefined
      return phase === 'Succeeded' || phase === 'Failed' ? undefined : advance(clone)
    },
  }

  async function advance(clone: VirtualMachineClone): Promise<RequeueAfter | undefined> {
    const { namespace = '', uid = '' } = clone.metadata ?? {}
    const { source, target } = clone.spec
    const snapshotName =
      source.kind === 'VirtualMachineSnapshot' ? source.name : `tmp-snapshot-${uid}`
    const targetName = target?.name ?? `clone-${source.name}-${uid.slice(0, 5)}`
    const snapshot = snapshots.get(`${namespace}/${snapshotName}`)
    if (!snapshot) {
      if (snapshotName === source.name)
        return fail(clone, `Source doesnt exist: snapshot ${source.name}`)
      if (!virtualMachines.get(`${namespace}/${source.name}`)) {
        return fail(clone, `Source doesnt exist: VM ${source.name}`)
      }
      await create(virtualMachineSnapshots, clone, {
        metadata: { namespace, name: snapshotName },
        spec: { source: { apiGroup: GROUP, kind: 'VirtualMachine', name: source.name } },
      })
      return say(clone, 'SnapshotInProgress', { snapshotName })
    }
    if (!snapshot.status?.readyToUse) {
      if (snapshot.status?.phase === 'Failed')
        return fail(clone, `Snapshot ${snapshotName} failed`)
      return say(clone, 'SnapshotInProgress', { snapshotName })
    }
    const restoreName = `tmp-restore-${uid}`
    const restore = restores.get(`${namespace}/${restoreName}`)
    if (!restore) {
      const content = contents.get(`${namespace}/${contentNameOf(snapshot)}`)
      const machine = content?.spec.source.virtualMachine
      const patches = machine?.spec ? identityPatches({ ...machine, spec: machine.spec }) : []
      await create(virtualMachineRestores, clone, {
        metadata: { namespace, name: restoreName },
        spec: {
          target: { apiGroup: GROUP, kind: 'VirtualMachine', name: targetName },
          virtualMachineSnapshotName: snapshotName,
          patches: [...patches, ...(clone.spec.patches ?? [])],
        },
      })
      return say(clone, 'RestoreInProgress', { snapshotName, restoreName })
    }
    if (!restore.status?.complete) {
      return say(clone, 'RestoreInProgress', { snapshotName, restoreName })
    }
    await finish(clone, { targetName, snapshotName, restoreName })
    return undefined
  }

  async function create(
    resource: ResourceRef,
    clone: VirtualMachineClone,
    object: KubernetesObject,
  ): Promise<void> {
    const { group, version, kind } = resource
    const owner = {
      ...clone,
      apiVersion: 'clone.kubevirt.io/v1beta1',
      kind: 'VirtualMachineClone',
    }
    const metadata = { ...object.metadata, ownerReferences: [ownerReferenceTo(owner)] }
    try {
      await client.create(resource, {
        apiVersion: `${group}/${version}`,
        kind,
        ...object,
        metadata,
      })
    } catch (error) {
      if (!failedWith(error, 409)) throw error
    }
  }

  /** The target is there: what the clone asks for besides, and the helpers may go. */
  async function finish(
    clone: VirtualMachineClone,
    names: { targetName: string; snapshotName: string; restoreName: string },
  ): Promise<void> {
    const { namespace = '' } = clone.metadata ?? {}
    const target = { namespace, name: names.targetName }
    const machine = virtualMachines.get(`${namespace}/${names.targetName}`)
    if (machine) {
      const patch = finishingPatch(clone, machine)
      await unlessGone(client.patch(RESOURCES.virtualMachines, target, patch))
    }
    const remove = (resource: ResourceRef, name: string) =>
      unlessGone(client.delete(resource, { namespace, name }))
    await remove(virtualMachineRestores, names.restoreName)
    if (names.snapshotName !== clone.spec.source.name) {
      await remove(virtualMachineSnapshots, names.snapshotName)
    }
    await write(clone, {
      phase: 'Succeeded',
      targetName: names.targetName,
      snapshotName: undefined,
      restoreName: undefined,
      creationTime: timestamp(now()),
      conditions: withConditions(
        clone.status?.conditions,
        { Progressing: ['False', 'Ready'], Ready: ['True', 'Ready'] },
        now(),
      ),
    })
  }

  async function say(
    clone: VirtualMachineClone,
    phase: string,
    names: { snapshotName: string; restoreName?: string },
  ): Promise<RequeueAfter> {
    const reason = 'Still processing'
    const conditions = withConditions(
      clone.status?.conditions,
      { Progressing: ['True', reason], Ready: ['False', reason] },
      now(),
    )
    await write(clone, { phase, ...names, conditions })
    return { requeueAfterMs: RETRY_MS }
  }

  async function fail(clone: VirtualMachineClone, why: string): Promise<undefined> {
    const conditions = withConditions(
      clone.status?.conditions,
      { Progressing: ['False', why], Ready: ['False', why] },
      now(),
    )
    await write(clone, { phase: 'Failed', conditions })
  }

  async function write(clone: VirtualMachineClone, status: object): Promise<void> {
    const changes = differences<object>(clone.status, status)
    if (changes === undefined) return
    const { namespace, name } = clone.metadata ?? {}
    const options = { subresource: 'status' }
    const patch = { status: changes }
    await unlessGone(client.patch(virtualMachineClones, { namespace, name }, patch, options))
  }
}
