import {
  Informer,
  RESOURCES,
  StatusError,
  Workqueue,
  keyOf,
  type KubernetesClient,
} from '@virtdeck/kubernetes'
import type { Node, Pod, VirtualMachineInstance } from '../informers.ts'
import { timestamp } from '../timestamps.ts'

export interface StandInNodeOptions {
  client: KubernetesClient
  name: string
  memory?: string
  /** Phase in which guests end when they are stopped. */
  endPhase?: 'Succeeded' | 'Failed'
  /** Why the images of pods cannot be pulled. */
  imageError?: string
}

/** What a node agent does to objects, without any guest: pods and instances run at once. */
export class StandInNode {
  readonly #options: StandInNodeOptions
  readonly #pods: Informer<Pod>
  readonly #instances: Informer<VirtualMachineInstance>
  readonly #queues: Workqueue[]

  constructor(options: StandInNodeOptions) {
    this.#options = options
    const { client } = options
    this.#pods = new Informer<Pod>({ client, resource: RESOURCES.pods })
    this.#instances = new Informer<VirtualMachineInstance>({
      client,
      resource: RESOURCES.virtualMachineInstances,
    })
    const pods = new Workqueue({ concurrency: 4, reconcile: (key) => this.#runPod(key) })
    const instances = new Workqueue({ concurrency: 4, reconcile: (key) => this.#runGuest(key) })
    this.#queues = [pods, instances]
    const podChanged = (pod: Pod) => pods.add(keyOf(pod))
    const changed = (instance: VirtualMachineInstance) => instances.add(keyOf(instance))
    this.#pods.subscribe({ onAdd: podChanged, onUpdate: podChanged })
    this.#instances.subscribe({ onAdd: changed, onUpdate: changed })
  }

  async start(): Promise<this> {
    const { client, name, memory = '8Gi' } = this.#options
    const allocatable = {
      cpu: '8',
      memory,
      pods: '110',
      'ephemeral-storage': '100Gi',
      'devices.kubevirt.io/tun': '110',
    }
    const labels = { 'kubernetes.io/hostname': name, 'kubevirt.io/schedulable': 'true' }
    const node: Node = { metadata: { name, labels } }
    await client.create(RESOURCES.nodes, { apiVersion: 'v1', kind: 'Node', ...node })
    const ready = { type: 'Ready', status: 'True', lastHeartbeatTime: timestamp() }
    const status = { allocatable, capacity: allocatable, conditions: [ready] }
    await client.patch(RESOURCES.nodes, { name }, { status }, { subresource: 'status' })
    this.#pods.start()
    this.#instances.start()
    return this
  }

  async stop(): Promise<void> {
    this.#pods.stop()
    this.#instances.stop()
    await Promise.all(this.#queues.map((queue) => queue.stop()))
  }

  async #runPod(key: string): Promise<void> {
    const { client, name: nodeName, imageError } = this.#options
    const pod = this.#pods.get(key)
    if (pod?.spec?.nodeName !== nodeName) return
    const { namespace, name, resourceVersion, deletionTimestamp } = pod.metadata ?? {}
    if (deletionTimestamp) {
      const options = { gracePeriodSeconds: 0 }
      return unlessGone(client.delete(RESOURCES.pods, { namespace, name }, options))
    }
    if (pod.status?.phase === 'Running') return
    const waits = (container: string): boolean =>
      imageError !== undefined && container.startsWith('volume')
    const containerStatuses = pod.spec.containers.map((container) => ({
      name: container.name,
      image: container.image,
      imageID: '',
      restartCount: 0,
      ready: !waits(container.name),
      state: waits(container.name)
        ? { waiting: { reason: 'ErrImagePull', message: imageError } }
        : { running: { startedAt: timestamp() } },
    }))
    if (imageError && pod.status?.containerStatuses) return
    const phase = imageError ? 'Pending' : 'Running'
    await unlessGone(
      client.patch(
        RESOURCES.pods,
        { namespace, name },
        { metadata: { resourceVersion }, status: { phase, containerStatuses } },
        { subresource: 'status' },
      ),
    )
  }

  async #runGuest(key: string): Promise<void> {
    const { client, name: nodeName, endPhase = 'Succeeded' } = this.#options
    const instance = this.#instances.get(key)
    if (instance?.status?.nodeName !== nodeName) return
    const { namespace, name, resourceVersion, deletionTimestamp } = instance.metadata ?? {}
    const { phase, phaseTransitionTimestamps = [] } = instance.status
    const next = deletionTimestamp ? endPhase : 'Running'
    if (phase === next || phase === 'Succeeded' || phase === 'Failed') return
    const ready = { type: 'Ready', status: next === 'Running' ? 'True' : 'False' }
    const entry = { phase: next, phaseTransitionTimestamp: timestamp() }
    await unlessGone(
      client.patch(
        RESOURCES.virtualMachineInstances,
        { namespace, name },
        {
          metadata: { resourceVersion },
          status: {
            phase: next,
            phaseTransitionTimestamps: [...phaseTransitionTimestamps, entry],
            conditions: [ready],
          },
        },
      ),
    )
  }
}

async function unlessGone(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof StatusError) || error.code !== 404) throw error
  }
}
