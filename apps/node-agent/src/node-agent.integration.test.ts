import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type {
  IoK8sApiCoreV1Event as Event,
  IoK8sApiCoreV1Node as Node,
  IoK8sApiCoreV1Pod as Pod,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { V1VirtualMachineInstance as VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import {
  KubernetesClient,
  RESOURCES,
  virtualMachineSubresourcePath,
} from '@virtdeck/kubernetes'
import { createTransport, loadKubeconfig } from '@virtdeck/kubernetes/node'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'

const NAMESPACE = 'default'
const IMAGE = 'localhost/virtdeck/tiny-linux:latest'
const API_SERVER = join(import.meta.dirname, '../../local-cluster/src/main.ts')
const AGENT = join(import.meta.dirname, 'main.ts')
const IMAGE_BUILDER = join(import.meta.dirname, 'guest-image/main.ts')

const missing = ['qemu-system-x86_64', 'qemu-img', 'syslinux', 'mcopy'].filter((program) => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`])
    return false
  } catch {
    return true
  }
})

describe('simulated guests', () => {
  runStory('simulated', /SIMULATED[^]*boot number 1/)
})

describe.skipIf(missing.length > 0)(
  `QEMU guests (missing: ${missing.join(' ') || 'none'})`,
  () => {
    runStory('qemu', /boot number 1/)
  },
)

/** Starts one of the project's programs and waits until it says that it is ready. */
async function start(script: string, args: string[]): Promise<ChildProcess> {
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

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

function runStory(driver: 'qemu' | 'simulated', banner: RegExp) {
  let directory: string
  let apiServer: ChildProcess
  let agent: ChildProcess
  let client: KubernetesClient
  let admin: { server: string; ca: string; token: string }

  const startAgent = () =>
    start(
      AGENT,
      [
        ['--node-name', 'node01', '--data-dir', directory, '--driver', driver],
        ['--kubeconfig', join(directory, 'components/node01.kubeconfig')],
      ].flat(),
    )

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'virtdeck-agent-'))
    if (driver === 'qemu')
      execFileSync(process.execPath, [IMAGE_BUILDER, '--data-dir', directory])
    apiServer = await start(API_SERVER, ['--data-dir', directory, '--port', '0'])
    // Controllers may write what users may not.
    const file = join(directory, 'components/controllers.kubeconfig')
    client = new KubernetesClient(createTransport(await loadKubeconfig(file)))
    const connection = await loadKubeconfig(join(directory, 'kubeconfig'))
    const { server, certificateAuthority = '', token = '' } = connection
    admin = { server, ca: certificateAuthority, token }
    agent = await startAgent()
  })

  afterAll(async () => {
    await end(agent, 'SIGTERM')
    await end(apiServer, 'SIGTERM')
    await rm(directory, { recursive: true, force: true })
  })

  const instance = (name: string) =>
    client.get<VirtualMachineInstance>(RESOURCES.virtualMachineInstances, {
      namespace: NAMESPACE,
      name,
    })

  const expectPhase = (name: string, phase: string) =>
    vi.waitFor(async () => expect((await instance(name)).status?.phase).toBe(phase), {
      timeout: 20_000,
      interval: 50,
    })

  /** Does the controllers' and the scheduler's part for one VMI. */
  async function launch(name: string): Promise<void> {
    const created = await client.create<VirtualMachineInstance>(
      RESOURCES.virtualMachineInstances,
      {
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachineInstance',
        metadata: {
          namespace: NAMESPACE,
          name,
          labels: { 'kubevirt.io/nodeName': 'node01' },
          finalizers: ['kubevirt.io/foregroundDeleteVirtualMachine'],
        },
        spec: {
          terminationGracePeriodSeconds: 20,
          domain: {
            memory: { guest: '128Mi' },
            devices: {
              disks: [{ name: 'root', disk: { bus: 'virtio' } }],
              interfaces: [{ name: 'default', masquerade: {} }],
            },
          },
          networks: [{ name: 'default', pod: {} }],
          volumes: [{ name: 'root', containerDisk: { image: IMAGE } }],
        },
      },
    )
    await client.create<Pod>(RESOURCES.pods, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        namespace: NAMESPACE,
        name: `virt-launcher-${name}-abcde`,
        labels: { 'kubevirt.io/created-by': created.metadata?.uid ?? '' },
      },
      spec: {
        nodeName: 'node01',
        containers: [
          { name: 'compute', image: 'virt-launcher' },
          { name: 'guest-console-log', image: 'virt-launcher' },
          { name: 'volumeroot', image: IMAGE },
        ],
      },
    })
    const target = { namespace: NAMESPACE, name }
    const status = { phase: 'Scheduled', nodeName: 'node01' }
    await client.patch(RESOURCES.virtualMachineInstances, target, { status })
    await expectPhase(name, 'Running')
  }

  function openConsole(name: string) {
    const path = virtualMachineSubresourcePath({
      resource: 'virtualmachineinstances',
      namespace: NAMESPACE,
      name,
      subresource: 'console',
    })
    const socket = new WebSocket(
      admin.server.replace('https', 'wss') + path,
      'plain.kubevirt.io',
      {
        ca: admin.ca,
        headers: { authorization: `Bearer ${admin.token}` },
      },
    )
    let text = ''
    socket.on('message', (data: Buffer) => (text += data.toString('utf8')))
    const opened = new Promise<void>((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    // Who did not ask learns of a failure by waiting in vain.
    opened.catch(() => undefined)
    return {
      opened,
      type: (typed: string) => socket.send(Buffer.from(typed)),
      waitFor: (pattern: RegExp) =>
        vi.waitFor(() => expect(text).toMatch(pattern), { timeout: 60_000, interval: 50 }),
      close: () => socket.terminate(),
    }
  }

  /** As a page does it: tries until the guest's node has its consoles again. */
  function reopenConsole(name: string) {
    return vi.waitFor(
      async () => {
        const serial = openConsole(name)
        await serial.opened
        return serial
      },
      { timeout: 20_000, interval: 200 },
    )
  }

  test('the node says what runs guests', async () => {
    const node = await vi.waitFor(() => client.get<Node>(RESOURCES.nodes, { name: 'node01' }))
    expect(node.metadata?.labels).toMatchObject({
      'kubevirt.io/schedulable': 'true',
      'virtdeck.io/driver': driver,
    })
  })

  test('a VMI runs, can be used, outlives its agent and is shut down', async () => {
    await launch('web')
    const running = await instance('web')
    expect(running.status?.interfaces).toMatchObject([{ ipAddress: '10.129.0.5' }])
    expect(running.metadata?.annotations?.['virtdeck.io/simulated']).toBe(
      driver === 'simulated' ? 'true' : undefined,
    )
    const serial = openConsole('web')
    await serial.waitFor(banner)
    await serial.waitFor(/login: $/)
    serial.type('root\n')
    await serial.waitFor(/root@\S* /)
    serial.type('echo it works\n')
    await serial.waitFor(/\nit works\r\n/)
    serial.close()

    const logs = await client.request({
      method: 'GET',
      path: `/api/v1/namespaces/${NAMESPACE}/pods/virt-launcher-web-abcde/log?container=guest-console-log&tailLines=3`,
    })
    expect(await logs.text()).toContain('it works')

    await end(agent, 'SIGKILL')
    agent = await startAgent()
    const again = await reopenConsole('web')
    // A real guest is still where it was; a simulated one is started again.
    await again.waitFor(driver === 'qemu' ? /it works/ : banner)
    again.close()
    expect((await instance('web')).status?.phase).toBe('Running')

    const target = { namespace: NAMESPACE, name: 'web' }
    await client.delete(RESOURCES.virtualMachineInstances, target)
    await expectPhase('web', 'Succeeded')
    await vi.waitFor(async () => {
      const { items } = await client.list<Event>(RESOURCES.events, { namespace: NAMESPACE })
      const reasons = items
        .filter(({ involvedObject }) => involvedObject.kind === 'VirtualMachineInstance')
        .map(({ reason }) => reason)
      expect(new Set(reasons)).toEqual(
        new Set(['Created', 'Started', 'ShuttingDown', 'Stopped']),
      )
    })
    await vi.waitFor(async () => {
      const name = 'virt-launcher-web-abcde'
      const pod = await client.get<Pod>(RESOURCES.pods, { namespace: NAMESPACE, name })
      expect(pod.status?.phase).toBe('Succeeded')
    })
  })

  test('what runs when the agent is stopped runs again after its next start', async () => {
    await launch('kept')
    const serial = openConsole('kept')
    await serial.waitFor(/login: $/)
    serial.close()
    await end(agent, 'SIGTERM')
    expect((await instance('kept')).status?.phase).toBe('Running')
    agent = await startAgent()
    const again = await reopenConsole('kept')
    await again.waitFor(driver === 'qemu' ? /boot number 2[^]*login: $/ : banner)
    again.close()
    expect((await instance('kept')).status?.phase).toBe('Running')
  })
}
