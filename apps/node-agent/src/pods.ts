import { isDeepStrictEqual } from 'node:util'
import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import {
  RESOURCES,
  StatusError,
  type KubernetesClient,
  type RequeueAfter,
} from '@virtdeck/kubernetes'
import type { EventRecorder } from './event-recorder.ts'
import type { Guests } from './guests.ts'
import type { PodAddresses } from './network/pod-addresses.ts'
import type { PodDirectories } from './pod-directories.ts'
import type { PodImages } from './pod-images.ts'
import { podStatusOf, type PodState } from './pod-status.ts'
import { pressPowerButton } from './reconcile.ts'

export interface PodReconcilerOptions {
  client: KubernetesClient
  guests: Guests
  images: PodImages
  addresses: PodAddresses
  directories: Pick<PodDirectories, 'remove'>
  events: EventRecorder
  findPod: (key: string) => Pod | undefined
  /** The phase of the VMI with this UID; undefined if it is gone. */
  instancePhase: (uid: string) => string | undefined
}

/** A launcher pod's label with the UID of its VMI. */
export const CREATED_BY_LABEL = 'kubevirt.io/created-by'

const STOP_CHECK_MS = 500
const HOST_ADDRESS = '127.0.0.1'

/** What a kubelet does for the pods that are bound to this node. */
export class PodReconciler {
  readonly #options: PodReconcilerOptions

  constructor(options: PodReconcilerOptions) {
    this.#options = options
  }

  async reconcile(key: string): Promise<RequeueAfter | void> {
    const pod = this.#options.findPod(key)
    if (pod === undefined) return undefined
    const { phase } = pod.status ?? {}
    if (pod.metadata?.deletionTimestamp) return this.#terminate(pod)
    if (phase === 'Succeeded' || phase === 'Failed') return undefined
    const instance = pod.metadata?.labels?.[CREATED_BY_LABEL]
    if (instance === undefined) return this.#pretend(pod)
    const instancePhase = this.#options.instancePhase(instance)
    if (phase === 'Running' && (instancePhase === 'Succeeded' || instancePhase === 'Failed')) {
      await this.#write(pod, { kind: 'ended', succeeded: instancePhase === 'Succeeded' })
      return undefined
    }
    return this.#run(pod)
  }

  async #run(pod: Pod): Promise<RequeueAfter | void> {
    const { images, addresses, events } = this.#options
    const { uid = '' } = pod.metadata ?? {}
    const first = pod.status?.phase !== 'Running'
    // A pod that an earlier agent brought up has its images.
    const containers = first ? (pod.spec?.containers ?? []) : []
    const waiting = new Map(
      containers.flatMap((container) => {
        const why = images.waiting(pod, container)
        return why ? [[container.name, why] as const] : []
      }),
    )
    if (waiting.size > 0) {
      const waitingOf = ({ name }: { name: string }) => waiting.get(name)
      await this.#write(pod, { kind: 'waiting', waitingOf })
      const requeueAfterMs = images.retryAfterMs(pod)
      return requeueAfterMs === undefined ? undefined : { requeueAfterMs }
    }
    await this.#write(pod, { kind: 'running', address: addresses.addressOf(uid) })
    if (!first) return undefined
    for (const { name } of pod.spec?.containers ?? []) {
      const message = `Started container ${name}`
      events.record(pod, { type: 'Normal', reason: 'Started', message })
    }
    return undefined
  }

  /** A pod of no virtual machine has an address and nothing that runs: its event and log say so. */
  async #pretend(pod: Pod): Promise<void> {
    const { addresses, events } = this.#options
    const { uid = '', namespace, labels } = pod.metadata ?? {}
    const first = pod.status?.phase !== 'Running'
    const address = pod.spec?.hostNetwork ? HOST_ADDRESS : addresses.addressOf(uid)
    await this.#write(pod, { kind: 'running', address })
    // Virt-handler is this agent itself.
    const isAgent = namespace === 'kubevirt' && labels?.['kubevirt.io'] === 'virt-handler'
    if (!first || isAgent) return
    const message =
      "Virtdeck's local cluster runs virtual machines only: no process is started for this pod"
    events.record(pod, { type: 'Warning', reason: 'UnsupportedPod', message })
  }

  /** Stops the guest of a pod that is being deleted, then lets the pod go. */
  async #terminate(pod: Pod): Promise<RequeueAfter | void> {
    const { guests, images, addresses, directories, client } = this.#options
    const { namespace, name, uid = '', labels, deletionTimestamp } = pod.metadata ?? {}
    const running = guests.get(labels?.[CREATED_BY_LABEL] ?? '')
    if (running && running.end === undefined) {
      // A pod's deletion time lies in the future, by its grace period.
      if (Date.now() >= Date.parse(String(deletionTimestamp))) await running.guest.kill()
      else await pressPowerButton(running)
      return { requeueAfterMs: STOP_CHECK_MS }
    }
    images.forget(pod)
    addresses.release(uid)
    await directories.remove(pod)
    try {
      const preconditions = { uid }
      const options = { gracePeriodSeconds: 0, preconditions }
      await client.delete(RESOURCES.pods, { namespace, name }, options)
    } catch (error) {
      const code = error instanceof StatusError ? error.code : 0
      // Gone already, or replaced by another pod of the same name.
      if (code !== 404 && code !== 409) throw error
    }
    return undefined
  }

  async #write(pod: Pod, state: PodState): Promise<void> {
    const status = podStatusOf(pod, state)
    if (isDeepStrictEqual(status, pod.status)) return
    const { namespace, name, resourceVersion } = pod.metadata ?? {}
    const patch = { metadata: { resourceVersion }, status }
    const target = { namespace, name }
    await this.#options.client.patch(RESOURCES.pods, target, patch, { subresource: 'status' })
  }
}
