import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { V1VirtualMachineInstance as VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import {
  Informer,
  keyOf,
  RESOURCES,
  StatusError,
  Workqueue,
  type KubernetesClient,
  type KubernetesObject,
} from '@virtdeck/kubernetes'
import { BootSlots } from './boot-slots.ts'
import { ImageStore } from './disks/image-store.ts'
import type { Driver } from './drivers/driver.ts'
import { EventRecorder } from './event-recorder.ts'
import { GuestDirectories } from './guest-record.ts'
import { Guests } from './guests.ts'
import { messageOf, type Log } from './log.ts'
import { NodeNetwork } from './network/node-network.ts'
import { PodAddresses, podRangeOf } from './network/pod-addresses.ts'
import { Heartbeat } from './heartbeat.ts'
import { PodDirectories } from './pod-directories.ts'
import { PodImages } from './pod-images.ts'
import { CREATED_BY_LABEL, PodReconciler } from './pods.ts'
import { InstanceReconciler } from './reconcile.ts'
import { GuestLookup } from './server/guest-lookup.ts'
import { startServer } from './server/server.ts'
import { StatsReader } from './stats/stats.ts'

export interface NodeAgentOptions {
  nodeName: string
  dataDirectory: string
  client: KubernetesClient
  driver: Driver
  /** 0: any free one. */
  port: number
  log: Log
}

export interface NodeAgent {
  port: number
  /** Stops the guests, which the next agent starts again, and ends. */
  shutDown: () => Promise<void>
  /** Ends and leaves the guests running, as a crash would. */
  detach: () => Promise<void>
}

const REPEAT_MS = 60_000
const IDLE_PATIENCE_MS = 300

/** Puts an agent together: what watches, what runs guests, what serves them. */
export async function startNodeAgent(options: NodeAgentOptions): Promise<NodeAgent> {
  const { nodeName, dataDirectory, client, driver, log } = options
  const onError = errorLog(log)
  const store = new ImageStore(join(dataDirectory, 'images'))
  const directories = new GuestDirectories(join(dataDirectory, 'nodes', nodeName, 'guests'))
  const podDirectories = new PodDirectories(
    join(dataDirectory, 'nodes', nodeName, 'pods'),
    directories,
  )
  const tls = await readCertificates(dataDirectory, nodeName)
  const network = new NodeNetwork({
    client,
    nodeName,
    dataDirectory,
    tls: { ca: tls.ca, ...tls.client },
    findGuest: (address) => {
      for (const { status, metadata } of pods.list()) {
        if (status?.podIP !== address || status.phase !== 'Running') continue
        return guests.get(metadata?.labels?.[CREATED_BY_LABEL] ?? '')
      }
      return undefined
    },
    log,
    onError: onError('watching nodes'),
  })
  const guests = new Guests({ driver, directories, network, log })
  await guests.attachAll()

  const instances = new Informer<VirtualMachineInstance>({
    client,
    resource: RESOURCES.virtualMachineInstances,
    labelSelector: `kubevirt.io/nodeName=${nodeName}`,
    transform: withoutManagedFields,
  })
  const pods = new Informer<Pod>({
    client,
    resource: RESOURCES.pods,
    fieldSelector: `spec.nodeName=${nodeName}`,
    transform: withoutManagedFields,
  })
  const podsByInstance = new Map<string, Pod>()
  const phases = new Map<string, string | undefined>()

  const range = podRangeOf(nodeName)
  const recorderOf = (component: string) =>
    new EventRecorder(client, { component, host: nodeName }, onError('event'))
  const instanceReconciler = new InstanceReconciler({
    nodeName,
    client,
    driver,
    guests,
    network,
    slots: new BootSlots({ directory: join(dataDirectory, 'boot-slots') }),
    store,
    events: recorderOf('virt-handler'),
    findInstance: (key) => instances.get(key),
    findPod: (uid) => podsByInstance.get(uid),
  })
  const instanceQueue = new Workqueue({
    reconcile: (key) => instanceReconciler.reconcile(key),
    onError: (key, error) => onError(key)(error),
    concurrency: 16,
  })
  const podEvents = recorderOf('kubelet')
  const addresses = new PodAddresses(range.prefix)
  const podReconciler: PodReconciler = new PodReconciler({
    client,
    guests,
    images: new PodImages({
      store,
      download: driver.heavy,
      events: podEvents,
      onChange: (key) => podQueue.add(key),
    }),
    addresses,
    directories: podDirectories,
    events: podEvents,
    findPod: (key) => pods.get(key),
    instancePhase: (uid) => phases.get(uid),
  })
  const podQueue = new Workqueue({
    reconcile: (key) => podReconciler.reconcile(key),
    onError: (key, error) => onError(`pod ${key}`)(error),
    concurrency: 16,
  })

  const lookup = new GuestLookup(guests, (key) => instances.get(key))
  const server = await startServer({
    tls: { ca: tls.ca, ...tls.server },
    port: options.port,
    lookup,
    stats: new StatsReader(nodeName, guests),
    network,
    findPod: (key) => pods.get(key),
    directoryOf: (uid) => directories.pathOf(uid),
    openDirectory: (pod) => podDirectories.open(pod),
  })
  const heartbeat = new Heartbeat({
    client,
    nodeName,
    driver,
    port: server.port,
    podCidr: range.cidr,
    store,
    dataDirectory,
    onError: onError('heartbeat'),
  })

  const onInstance = (instance: VirtualMachineInstance) => {
    const { uid = '' } = instance.metadata ?? {}
    phases.set(uid, instance.status?.phase)
    instanceQueue.add(keyOf(instance))
    const pod = podsByInstance.get(uid)
    if (pod) podQueue.add(keyOf(pod))
  }
  instances.subscribe({
    onAdd: onInstance,
    onUpdate: onInstance,
    onDelete: (instance) => {
      phases.delete(instance.metadata?.uid ?? '')
      instanceQueue.add(keyOf(instance))
    },
    onError: onError('watching virtual machine instances'),
  })
  const onPod = (pod: Pod) => {
    const uid = pod.metadata?.labels?.[CREATED_BY_LABEL]
    if (uid !== undefined) podsByInstance.set(uid, pod)
    const { phase, podIP } = pod.status ?? {}
    // Before any new pod is given an address.
    if (phase === 'Running' && podIP && !pod.spec?.hostNetwork)
      addresses.reserve(pod.metadata?.uid ?? '', podIP)
    podQueue.add(keyOf(pod))
  }
  pods.subscribe({
    onAdd: onPod,
    onUpdate: onPod,
    onDelete: (pod) => podsByInstance.delete(pod.metadata?.labels?.[CREATED_BY_LABEL] ?? ''),
    onError: onError('watching pods'),
  })

  heartbeat.start()
  network.start()
  pods.start()
  // First the pods: guests get their addresses from them.
  const startInstances = async () => {
    await pods.whenSynced()
    await instances.start().whenSynced()
    // Not before: a guest whose VMI is not known yet would be taken for one whose VMI is gone.
    guests.subscribe((key) => instanceQueue.add(key))
    // Guests whose VMI went away while no agent was there.
    for (const key of guests.names()) instanceQueue.add(key)
  }
  void startInstances()

  const end = async (endGuests: () => Promise<void>) => {
    heartbeat.stop()
    const disconnected = network.stop()
    instances.stop()
    pods.stop()
    // At once, so that nobody takes the guests' end for their own doing.
    const idle = Promise.all([instanceQueue.stop(), podQueue.stop()])
    await Promise.all([server.close(), endGuests(), disconnected])
    // Work that waits for an API server that is gone as well is not waited for.
    await Promise.race([idle, delay(IDLE_PATIENCE_MS)])
  }
  return {
    port: server.port,
    shutDown: () => end(() => guests.shutDown()),
    detach: () => end(() => guests.detach()),
  }
}

/** Nobody here asks who wrote what, and that is the larger part of an object. */
function withoutManagedFields(object: KubernetesObject): KubernetesObject {
  delete object.metadata?.managedFields
  return object
}

/** Logs errors of many sources; what is tried again and fails alike is said once a minute. */
function errorLog(log: Log): (what: string) => (error: unknown) => void {
  const said = new Map<string, number>()
  return (what) => (error) => {
    // A conflict only says that a newer object is on its way to the queue.
    if (error instanceof StatusError && error.code === 409) return
    const line = `${what}: ${messageOf(error)}`
    const now = performance.now()
    if (now - (said.get(line) ?? -REPEAT_MS) < REPEAT_MS) return
    for (const [old, at] of said) if (now - at >= REPEAT_MS) said.delete(old)
    said.set(line, now)
    log.error(line)
  }
}

async function readCertificates(dataDirectory: string, nodeName: string) {
  const read = (name: string) => readFile(join(dataDirectory, 'pki', name), 'utf8')
  const pair = async (name: string) => {
    const [cert, key] = await Promise.all([read(`${name}.crt`), read(`${name}.key`)])
    return { cert, key }
  }
  const [ca, server, clientPair] = await Promise.all([
    read('ca.crt'),
    pair(join('nodes', nodeName)),
    pair(join('nodes', `${nodeName}-client`)),
  ])
  return { ca, server, client: clientPair }
}
