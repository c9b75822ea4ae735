import { arch, cpus, hostname, release } from 'node:os'
import { readFileSync } from 'node:fs'
import type { IoK8sApiCoreV1Node as Node } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { RESOURCES, StatusError, type KubernetesClient } from '@virtdeck/kubernetes'
import type { ImageStore } from './disks/image-store.ts'
import type { Driver } from './drivers/driver.ts'
import { timestamp } from './event-recorder.ts'
import { conditionsOf, type NodeConditions } from './node-conditions.ts'
import { measureMachine, type NodeMachine } from './node-machine.ts'

export interface NodeRegistrationOptions {
  client: KubernetesClient
  nodeName: string
  driver: Driver
  /** Where this agent serves consoles and logs. */
  port: number
  podCidr: string
  store: ImageStore
  dataDirectory: string
}

const HEARTBEAT_LABEL = 'kubevirt.io/schedulable'
const HEARTBEAT_ANNOTATION = 'kubevirt.io/heartbeat'
const KUBELET_VERSION = 'v1.32.0'
const MIB = 1024 * 1024

/** The Node object that stands for this agent; created, or brought up to date after a restart. */
export async function registerNode(options: NodeRegistrationOptions): Promise<void> {
  const { client, nodeName } = options
  const target = { name: nodeName }
  const node = await nodeOf(options)
  try {
    await client.create(RESOURCES.nodes, node)
  } catch (error) {
    if (!(error instanceof StatusError) || error.reason !== 'AlreadyExists') throw error
    const { labels, annotations } = node.metadata ?? {}
    await client.patch(RESOURCES.nodes, target, { metadata: { labels, annotations } })
  }
  await beat(options)
}

/** Says that the node is alive, with all that may have changed since. */
export async function beat(options: NodeRegistrationOptions): Promise<void> {
  const { client, nodeName } = options
  const target = { name: nodeName }
  const current = await client.get<Node>(RESOURCES.nodes, target)
  const before = current.status?.conditions ?? []
  const machine = await measureMachine(options.dataDirectory)
  const status = await statusOf(options, { before, machine })
  await client.patch(RESOURCES.nodes, target, { status }, { subresource: 'status' })
}

async function nodeOf(options: NodeRegistrationOptions): Promise<Node> {
  const { nodeName, driver, podCidr } = options
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: nodeName,
      labels: {
        'kubernetes.io/hostname': nodeName,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'beta.kubernetes.io/arch': 'amd64',
        'node-role.kubernetes.io/worker': '',
        [HEARTBEAT_LABEL]: 'true',
        ...(await cpuLabels(driver)),
        'virtdeck.io/driver': driver.name,
        'virtdeck.io/accelerator': driver.accelerator,
      },
      annotations: { [HEARTBEAT_ANNOTATION]: timestamp() },
    },
    spec: { podCIDR: podCidr, podCIDRs: [podCidr] },
  }
}

/** As KubeVirt's node labeller names what VMIs may ask for. */
async function cpuLabels(driver: Driver): Promise<Record<string, string>> {
  // A QEMU that does not tell runs guests all the same.
  const models = await driver.cpuModels().catch(() => [])
  return Object.fromEntries(
    models.map((model) => [`cpu-model.node.kubevirt.io/${model}`, 'true']),
  )
}

type NodeStatus = NonNullable<Node['status']>

async function statusOf(
  options: NodeRegistrationOptions,
  { before, machine }: { before: NodeConditions; machine: NodeMachine },
): Promise<NodeStatus> {
  const { nodeName, driver, port, store } = options
  const { capacity, allocatable } = resourcesOf(driver, machine)
  const images = await store.list()
  const addresses = [
    { type: 'InternalIP', address: '127.0.0.1' },
    { type: 'Hostname', address: nodeName },
  ]
  return {
    addresses,
    // The published type calls the wire's `Port` `port`.
    daemonEndpoints: { kubeletEndpoint: { Port: port } } as unknown as NonNullable<
      NodeStatus['daemonEndpoints']
    >,
    capacity,
    allocatable,
    conditions: conditionsOf(before, driver.heavy ? machine : undefined),
    images: images.map(({ reference, bytes }) => ({ names: [reference], sizeBytes: bytes })),
    nodeInfo: {
      architecture: 'amd64',
      bootID: readLine('/proc/sys/kernel/random/boot_id'),
      containerRuntimeVersion: `${driver.name}://${driver.accelerator}`,
      kernelVersion: release(),
      kubeProxyVersion: KUBELET_VERSION,
      kubeletVersion: KUBELET_VERSION,
      machineID: readLine('/etc/machine-id'),
      operatingSystem: 'linux',
      osImage: osImage(),
      systemUUID: `${hostname()}-${arch()}`,
    },
  }
}

/**
 * Several nodes share this machine, so each gives away only half of its memory. Simulated guests
 * need nothing: such a node is as large as anybody wants.
 */
function resourcesOf(driver: Driver, machine: NodeMachine) {
  if (!driver.heavy) {
    const plenty = {
      cpu: '100k',
      memory: '1Pi',
      pods: '20k',
      'ephemeral-storage': '1Pi',
      'devices.kubevirt.io/kvm': '20k',
      'devices.kubevirt.io/tun': '20k',
      'devices.kubevirt.io/vhost-net': '20k',
    }
    return { capacity: plenty, allocatable: plenty }
  }
  const memory = Math.floor(machine.memory / MIB)
  const disk = Math.floor(machine.disk / MIB)
  const common = {
    cpu: String(cpus().length),
    pods: '250',
    'ephemeral-storage': `${disk}Mi`,
    'devices.kubevirt.io/kvm': '1k',
    'devices.kubevirt.io/tun': '1k',
    'devices.kubevirt.io/vhost-net': '1k',
  }
  return {
    capacity: { ...common, memory: `${memory}Mi` },
    allocatable: { ...common, memory: `${Math.floor(memory / 2)}Mi` },
  }
}

function readLine(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}

function osImage(): string {
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(readLine('/etc/os-release'))?.[1] ?? 'Linux'
}
