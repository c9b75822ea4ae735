import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import type {
  IoK8sApiCoreV1Node as Node,
  IoK8sApiCoreV1Pod as Pod,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type {
  V1Interface,
  V1Network,
  V1VirtualMachineInstance as VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import {
  KubernetesClient,
  RESOURCES,
  virtualMachineSubresourcePath,
} from '@virtdeck/kubernetes'
import { createTransport, loadKubeconfig } from '@virtdeck/kubernetes/node'
import { vi } from 'vitest'
import { createWebSocketStream, WebSocket } from 'ws'
import { Terminal } from './terminal.ts'

const SOURCE = join(import.meta.dirname, '..')
const API_SERVER = join(SOURCE, '../../local-cluster/src/main.ts')
const IMAGE = 'localhost/virtdeck/tiny-linux:latest'
export const NAMESPACE = 'default'

/** Programs that QEMU guests need and this machine does not have. */
export function missingPrograms(): string[] {
  return ['qemu-system-x86_64', 'qemu-img', 'syslinux', 'mcopy'].filter((program) => {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`])
      return false
    } catch {
      return true
    }
  })
}

export interface LaunchOptions {
  name: string
  nodeName: string
  interfaces: (V1Interface & { network: Omit<V1Network, 'name'> })[]
  /** Without: the guest has no disk to boot from. */
  disk?: boolean
  labels?: Record<string, string>
}

/** An API server and node agents as processes; the tests do the controllers' part. */
export class AgentCluster {
  directory = ''
  client!: KubernetesClient
  readonly #agents = new Map<string, ChildProcess>()
  #apiServer: ChildProcess | undefined
  #admin = { server: '', ca: '', token: '' }

  async start(driver: 'qemu' | 'simulated', nodeNames: string[]): Promise<void> {
    this.directory = await mkdtemp(join(tmpdir(), 'virtdeck-agents-'))
    if (driver === 'qemu') {
      const builder = join(SOURCE, 'guest-image/main.ts')
      execFileSync(process.execPath, [builder, '--data-dir', this.directory])
    }
    this.#apiServer = await run(API_SERVER, ['--data-dir', this.directory, '--port', '0'])
    // Controllers may write what users may not.
    const file = join(this.directory, 'components/controllers.kubeconfig')
    this.client = new KubernetesClient(createTransport(await loadKubeconfig(file)))
    const connection = await loadKubeconfig(join(this.directory, 'kubeconfig'))
    const { server, certificateAuthority = '', token = '' } = connection
    this.#admin = { server, ca: certificateAuthority, token }
    await Promise.all(nodeNames.map((name) => this.startAgent(name, driver)))
  }

  async startAgent(nodeName: string, driver: 'qemu' | 'simulated'): Promise<void> {
    const kubeconfig = join(this.directory, `components/${nodeName}.kubeconfig`)
    const args = [
      ['--node-name', nodeName, '--data-dir', this.directory],
      ['--driver', driver, '--kubeconfig', kubeconfig],
    ].flat()
    this.#agents.set(nodeName, await run(join(SOURCE, 'main.ts'), args))
  }

  async killAgent(nodeName: string): Promise<void> {
    await end(this.#agents.get(nodeName), 'SIGKILL')
    this.#agents.delete(nodeName)
  }

  async stop(): Promise<void> {
    for (const agent of this.#agents.values()) await end(agent, 'SIGTERM')
    await end(this.#apiServer, 'SIGTERM')
    await rm(this.directory, { recursive: true, force: true })
  }

  instance(name: string): Promise<VirtualMachineInstance> {
    const target = { namespace: NAMESPACE, name }
    return this.client.get(RESOURCES.virtualMachineInstances, target)
  }

  /** Does the controllers' and the scheduler's part for one VMI, and waits until it runs. */
  async launch(options: LaunchOptions): Promise<VirtualMachineInstance> {
    const { name, nodeName, disk = true } = options
    const created = await this.client.create<VirtualMachineInstance>(
      RESOURCES.virtualMachineInstances,
      instanceOf(options),
    )
    await this.client.create<Pod>(RESOURCES.pods, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        namespace: NAMESPACE,
        name: `virt-launcher-${name}-abcde`,
        labels: { ...options.labels, 'kubevirt.io/created-by': created.metadata?.uid ?? '' },
      },
      spec: {
        nodeName,
        containers: [
          { name: 'compute', image: 'virt-launcher' },
          ...(disk ? [{ name: 'volumeroot', image: IMAGE }] : []),
        ],
      },
    })
    const target = { namespace: NAMESPACE, name }
    const status = { phase: 'Scheduled', nodeName }
    await this.client.patch(RESOURCES.virtualMachineInstances, target, { status })
    return vi.waitFor(
      async () => {
        const instance = await this.instance(name)
        const { phase } = instance.status ?? {}
        if (phase !== 'Running') throw new Error(`${name} is ${phase}`)
        return instance
      },
      { timeout: 60_000, interval: 100 },
    )
  }

  /** Asks a node's agent for something, as the API server does. */
  async askAgent(nodeName: string, path: string): Promise<string> {
    const node = await this.client.get<Node>(RESOURCES.nodes, { name: nodeName })
    const endpoint = node.status?.daemonEndpoints?.kubeletEndpoint
    const { Port: port } = endpoint as unknown as { Port: number }
    const pem = (name: string) => readFile(join(this.directory, 'pki', name))
    const [ca, cert, key] = await Promise.all([
      pem('ca.crt'),
      pem('apiserver-kubelet-client.crt'),
      pem('apiserver-kubelet-client.key'),
    ])
    const host = '127.0.0.1'
    const outgoing = request({ ca, cert, key, host, port, path, servername: nodeName })
    outgoing.end()
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
    return text(response)
  }

  /** A subresource of a VMI, as a stream. */
  async open(name: string, subresource: string) {
    const path = virtualMachineSubresourcePath({
      resource: 'virtualmachineinstances',
      namespace: NAMESPACE,
      name,
      subresource,
    })
    const { server, ca, token } = this.#admin
    const url = server.replace('https', 'wss') + path
    const headers = { authorization: `Bearer ${token}` }
    const socket = new WebSocket(url, 'plain.kubevirt.io', { ca, headers })
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
      socket.once('unexpected-response', (_request, response) => {
        void text(response).then((body) => reject(new Error(body)), reject)
      })
    })
    return createWebSocketStream(socket)
  }

  /** As a page does it: tries until the guest's node has its consoles. */
  openConsole(name: string): Promise<Terminal> {
    return vi.waitFor(async () => new Terminal(await this.open(name, 'console')), {
      timeout: 20_000,
      interval: 200,
    })
  }
}

function instanceOf(options: LaunchOptions): VirtualMachineInstance {
  const { name, nodeName, interfaces, disk = true, labels } = options
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstance',
    metadata: {
      namespace: NAMESPACE,
      name,
      labels: { ...labels, 'kubevirt.io/nodeName': nodeName },
    },
    spec: {
      terminationGracePeriodSeconds: 5,
      domain: {
        memory: { guest: '128Mi' },
        devices: {
          disks: disk ? [{ name: 'root', disk: { bus: 'virtio' } }] : [],
          interfaces: interfaces.map(({ network: _network, ...nic }) => nic),
        },
      },
      networks: interfaces.map(({ name: nic, network }) => ({ name: nic, ...network })),
      volumes: disk ? [{ name: 'root', containerDisk: { image: IMAGE } }] : [],
    },
  }
}

/** Starts one of the project's programs and waits until it says that it is ready. */
async function run(script: string, args: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const errors: string[] = []
  createInterface(child.stderr).on('line', (line) => errors.push(line))
  await new Promise<void>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      if (line.includes('ready')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`exit code ${code}: ${errors.join('\n')}`)))
  })
  return child
}

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}
