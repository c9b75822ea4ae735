import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { KubernetesClient, RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import { createTransport, loadKubeconfig } from '@virtdeck/kubernetes/node'

const ROOT = path.join(import.meta.dirname, '../..')
const API_SERVER = 'apps/local-cluster/src/main.ts'
const CONTROLLERS = 'apps/local-cluster/src/controllers/main.ts'
const NODE_AGENT = 'apps/node-agent/src/main.ts'
const IMAGE_BUILDER = 'apps/node-agent/src/guest-image/main.ts'
const CLOCK_TICKS = 100

/** A process of the cluster and what the system says about it. */
export interface Measured {
  name: string
  residentMegabytes: number
  cpuSeconds: number
}

/** The local cluster as `npm start` runs it, on a directory of its own. */
export class Cluster {
  readonly directory = mkdtempSync(path.join(tmpdir(), 'virtdeck-bench-'))
  client!: KubernetesClient
  readonly #processes = new Map<string, ChildProcess>()

  async start(driver: 'qemu' | 'simulated', nodes = ['node01', 'node02']): Promise<void> {
    if (driver === 'qemu') await this.#run('guest image', IMAGE_BUILDER, [])
    await this.#run('API server', API_SERVER, ['--port', '0'], /ready on/)
    const admin = await loadKubeconfig(path.join(this.directory, 'kubeconfig'))
    this.client = new KubernetesClient(createTransport(admin))
    const component = (name: string) => [
      '--kubeconfig',
      path.join(this.directory, `components/${name}.kubeconfig`),
    ]
    const agent = (name: string) =>
      this.#run(
        name,
        NODE_AGENT,
        ['--node-name', name, '--driver', driver, ...component(name)],
        /ready on/,
      )
    await Promise.all([
      this.#run('controllers', CONTROLLERS, component('controllers'), /ready on/),
      ...nodes.map(agent),
    ])
  }

  /** Creates VMs that are to run; a few requests at a time. */
  async createMachines(count: number, options: { image: string }): Promise<void> {
    let next = 0
    const worker = async (): Promise<void> => {
      while (next < count) {
        const name = `bench-${String(next++).padStart(5, '0')}`
        await this.client.create(RESOURCES.virtualMachines, machine(name, options.image))
      }
    }
    await Promise.all(Array.from({ length: 16 }, worker))
  }

  /** Watches until so many VMIs run; calls back with each number that do. */
  async waitForRunning(count: number, onProgress?: (running: number) => void): Promise<void> {
    const running = new Set<string>()
    const stop = new AbortController()
    const note = ({ metadata, status }: Instance): boolean => {
      if (status?.phase === 'Running') running.add(metadata?.name ?? '')
      onProgress?.(running.size)
      return running.size >= count
    }
    const resource = RESOURCES.virtualMachineInstances
    for (;;) {
      const list = await this.client.list<Instance>(resource)
      for (const instance of list.items) note(instance)
      if (running.size >= count) return
      const { resourceVersion } = list.metadata
      const options = { resourceVersion, signal: stop.signal }
      for await (const { object } of this.client.watch<Instance>(resource, options)) {
        if (!note(object)) continue
        stop.abort()
        return
      }
    }
  }

  measure(): Measured[] {
    return [...this.#processes].map(([name, { pid }]) => {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1])
      return {
        name,
        residentMegabytes: Math.round(kilobytes / 1024),
        cpuSeconds: (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS,
      }
    })
  }

  async stop(): Promise<void> {
    // The agents first: they stop their guests, and say so.
    for (const [, child] of [...this.#processes].toReversed()) {
      const closed = new Promise((resolve) => child.once('close', resolve))
      if (child.exitCode === null && child.kill('SIGTERM')) await closed
    }
    rmSync(this.directory, { recursive: true, force: true })
  }

  #run(name: string, script: string, args: string[], ready?: RegExp): Promise<void> {
    const child = spawn(
      process.execPath,
      [path.join(ROOT, script), '--data-dir', this.directory, ...args],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    if (ready) this.#processes.set(name, child)
    return new Promise((resolve, reject) => {
      let output = ''
      const take = (chunk: Buffer): void => {
        output = (output + chunk.toString()).slice(-10_000)
        if (ready?.test(output)) resolve()
      }
      child.stdout.on('data', take)
      child.stderr.on('data', take)
      child.once('close', (code) => {
        if (code === 0) resolve()
        else reject(new Error(`${name} ended with ${code}: ${output}`))
      })
    })
  }
}

type Instance = KubernetesObject & { status?: { phase?: string } }

function machine(name: string, image: string): KubernetesObject {
  const spec = {
    runStrategy: 'Always',
    template: {
      metadata: { labels: { 'kubevirt.io/vm': name } },
      spec: {
        terminationGracePeriodSeconds: 5,
        domain: {
          memory: { guest: '96Mi' },
          devices: {
            disks: [{ name: 'rootdisk', disk: { bus: 'virtio' } }],
            interfaces: [{ name: 'default', masquerade: {} }],
          },
        },
        networks: [{ name: 'default', pod: {} }],
        volumes: [{ name: 'rootdisk', containerDisk: { image } }],
      },
    },
  }
  const object = {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { namespace: 'default', name },
    spec,
  }
  return object
}
