import { claimNameOf, conditionOf, isFinal } from '@virtdeck/kubevirt'
import {
  controllerOf,
  keyOf,
  RESOURCES,
  StatusError,
  type RequeueAfter,
} from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, failedWith, unlessGone, type Controller } from './controller.ts'
import { IndexBy } from './index-by.ts'
import type { Pod, VirtualMachineInstance } from './informers.ts'
import { differences } from './merge-patch.ts'
import { timestamp } from './timestamps.ts'
import {
  decideInstance,
  missingClaimMessage,
  type InstanceDecision,
} from './virtual-machine-instance/decision.ts'
import {
  EPHEMERAL_PROVISIONING,
  launcherPod,
  provisioningPod,
  UNPAUSED,
} from './virtual-machine-instance/launcher-pod.ts'
import { volumesState, type VolumesState } from './virtual-machine-instance/volumes.ts'
import {
  COMPONENT,
  CREATED_BY,
  NODE_NAME,
  VM_FINALIZER,
  VMI_FINALIZER,
} from './virtual-machine/names.ts'

const RETRY_REFUSED_MS = 30_000

type Failure = { reason: string; message: string }

/** VMI → launcher pod, and back: phases, conditions, hand-over to the node, the end. */
export function virtualMachineInstanceController(context: ControllerContext): Controller {
  const { client, informers, events, now } = context
  const instances = informers.virtualMachineInstances()
  const virtualMachines = informers.virtualMachines()
  const pods = informers.pods()
  const dataVolumes = informers.dataVolumes()
  const claims = informers.persistentVolumeClaims()
  const podsOfInstance = new IndexBy(pods, ({ metadata }) => {
    const uid = metadata?.labels?.[CREATED_BY]
    return uid === undefined ? [] : [uid]
  })
  const usersOfClaim = new IndexBy(instances, ({ metadata, spec }) =>
    (spec.volumes ?? []).flatMap((volume) => {
      const name = claimNameOf(volume)
      return name === undefined ? [] : [`${metadata?.namespace}/${name}`]
    }),
  )

  return {
    name: 'virtual-machine-instance',
    concurrency: 4,
    sources: [
      changesOf(instances, (object) => [keyOf(object)]),
      changesOf(pods, instanceKeysOf),
      // An instance that loses its VM loses the VM's finalizer too.
      changesOf(virtualMachines, (object) => {
        const key = keyOf(object)
        return instances.get(key)?.metadata?.deletionTimestamp ? [key] : []
      }),
      changesOf(dataVolumes, (object) => usersOfClaim.keys(keyOf(object))),
      changesOf(claims, (object) => usersOfClaim.keys(keyOf(object))),
    ],
    reconcile: async (key) => {
      const instance = instances.get(key)
      if (instance === undefined) return undefined
      const all = podsOfInstance.get(instance.metadata?.uid ?? '')
      const pod = all.find((candidate) => !isProvisioning(candidate))
      const provisioning = all.find((candidate) => isProvisioning(candidate))
      const volumes = volumesState(instance, {
        dataVolume: (name) => dataVolumes.get(`${instance.metadata?.namespace}/${name}`),
        claim: (name) => claims.get(`${instance.metadata?.namespace}/${name}`),
      })
      const decision = decideInstance({ instance, pod, volumes, now: now() })
      if (decision.provision && !provisioning) await createProvisioningPod(instance)
      if (!decision.provision && provisioning && !provisioning.metadata?.deletionTimestamp) {
        await deletePod(provisioning)
      }
      if (decision.createPod) {
        const failure = await createPod(instance)
        if (failure === undefined) return undefined
        const situation = { instance, pod, volumes, failure, now: now() }
        await write(instance, decideInstance(situation))
        return { requeueAfterMs: RETRY_REFUSED_MS } satisfies RequeueAfter
      }
      if (decision.deletePod && pod) await deletePod(pod)
      await write(instance, decision)
      announceMissingClaim(instance, volumes)
      if (pod) await showPause(instance, pod)
      return undefined
    },
  }

  /** Returns why the server refused it. */
  async function createPod(instance: VirtualMachineInstance): Promise<Failure | undefined> {
    try {
      const pod = await client.create<Pod>(RESOURCES.pods, launcherPod(instance))
      const message = `Created virtual machine pod ${pod.metadata?.name}`
      events.record(instance, { reason: 'SuccessfulCreate', message, component: COMPONENT })
      return undefined
    } catch (error) {
      // The cache has not seen it yet; its arrival brings the instance back.
      if (failedWith(error, 409)) return undefined
      if (!(error instanceof StatusError) || ![400, 403, 422].includes(error.code)) throw error
      const message = `failed to create virtual machine pod: ${error.message}`
      events.record(instance, {
        type: 'Warning',
        reason: 'FailedCreate',
        message,
        component: COMPONENT,
      })
      return { reason: 'FailedCreate', message }
    }
  }

  async function createProvisioningPod(instance: VirtualMachineInstance): Promise<void> {
    try {
      await client.create<Pod>(RESOURCES.pods, provisioningPod(instance))
    } catch (error) {
      if (!failedWith(error, 409)) throw error
    }
  }

  /** Without a grace period: no guest runs in it, or none any more. */
  async function deletePod({ metadata }: Pod): Promise<void> {
    const { namespace = '', name = '', uid = '' } = metadata ?? {}
    const options = { gracePeriodSeconds: 0, preconditions: { uid } }
    await unlessGone(client.delete(RESOURCES.pods, { namespace, name }, options))
  }

  async function write(
    instance: VirtualMachineInstance,
    decision: InstanceDecision,
  ): Promise<void> {
    const { metadata = {} } = instance
    const status = differences(instance.status, decision.status)
    const finalizers = remainingFinalizers(instance, decision)
    const changed = finalizers.length !== (metadata.finalizers ?? []).length
    if (status === undefined && !changed) return
    const { namespace = '', name = '', resourceVersion } = metadata
    await unlessGone(
      client.patch(
        RESOURCES.virtualMachineInstances,
        { namespace, name },
        {
          metadata: {
            resourceVersion,
            ...(changed && { finalizers }),
            ...(decision.nodeName && { labels: { [NODE_NAME]: decision.nodeName } }),
          },
          ...(status && { status }),
        },
      ),
    )
  }

  function remainingFinalizers(
    instance: VirtualMachineInstance,
    { released }: InstanceDecision,
  ): string[] {
    const { finalizers = [], deletionTimestamp } = instance.metadata ?? {}
    const owner = virtualMachines.get(keyOf(instance))
    const hasOwner = owner !== undefined && owner.metadata?.uid === controllerOf(instance)?.uid
    const orphaned = deletionTimestamp !== undefined && isFinal(instance) && !hasOwner
    return finalizers.filter(
      (finalizer) =>
        !(released && finalizer === VMI_FINALIZER) && !(orphaned && finalizer === VM_FINALIZER),
    )
  }

  function announceMissingClaim(instance: VirtualMachineInstance, volumes: VolumesState): void {
    if (volumes.state !== 'missing' || instance.metadata?.deletionTimestamp) return
    const known = conditionOf(instance, 'Synchronized')?.reason === 'FailedPvcNotFound'
    if (known || instance.status?.phase !== 'Pending') return
    events.record(instance, {
      type: 'Warning',
      reason: 'FailedPvcNotFound',
      message: missingClaimMessage(instance, volumes.claimName),
      component: COMPONENT,
    })
  }

  /** A paused guest makes its pod unready, through the pod's readiness gate. */
  async function showPause(instance: VirtualMachineInstance, pod: Pod): Promise<void> {
    const ended = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'
    if (ended || isFinal(instance) || pod.metadata?.deletionTimestamp) return
    const paused = conditionOf(instance, 'Paused')?.status === 'True'
    const status = paused ? 'False' : 'True'
    const before = pod.status?.conditions?.find(({ type }) => type === UNPAUSED)
    if (before?.status === status) return
    const time = timestamp(now())
    const condition = {
      type: UNPAUSED,
      status,
      lastProbeTime: time,
      lastTransitionTime: time,
      reason: paused ? 'Paused' : 'NotPaused',
      message: `the virtual machine is ${paused ? '' : 'not '}paused`,
    }
    const { namespace, name } = pod.metadata ?? {}
    // Strategic: the node and the scheduler write conditions of the same pod.
    await unlessGone(
      client.patch(
        RESOURCES.pods,
        { namespace, name },
        { status: { conditions: [condition] } },
        { type: 'strategic', subresource: 'status' },
      ),
    )
  }
}

const isProvisioning = ({ metadata }: Pod): boolean =>
  metadata?.annotations?.[EPHEMERAL_PROVISIONING] !== undefined

function instanceKeysOf(pod: Pod): string[] {
  const owner = controllerOf(pod)
  if (owner?.kind !== 'VirtualMachineInstance') return []
  return [`${pod.metadata?.namespace}/${owner.name}`]
}
