import { createServer, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type {
  IoK8sApiCoreV1Endpoints as Endpoints,
  IoK8sApiCoreV1Service as Service,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { Informer, RESOURCES, type KubernetesClient } from '@virtdeck/kubernetes'
import type { BootSlot } from '../boot-slots.ts'
import { splice } from '../displays/splice.ts'
import { messageOf, type Log } from '../log.ts'
import { nodePortsOf, targetsOf, type NodePort, type Target } from './node-ports.ts'

export interface ServiceProxyOptions {
  client: KubernetesClient
  /** Permission to be the one that listens; undefined while another agent has it. */
  acquire: () => Promise<BootSlot | undefined>
  /** A connection to a pod of any node. */
  open: (target: Target) => Promise<Duplex>
  log: Log
  retryMs?: number
}

interface Listener {
  server: Server
  port: NodePort
  /** How many connections there were: they take turns. */
  turn: number
}

const RETRY_MS = 1_000

/**
 * What kube-proxy does for NodePorts. All nodes are on one machine, whose ports only one process
 * can have: so one agent listens for all, and another one takes over when it is gone.
 */
export class ServiceProxy {
  readonly #options: ServiceProxyOptions
  readonly #services: Informer<Service>
  readonly #endpoints: Informer<Endpoints>
  readonly #listeners = new Map<number, Listener>()
  readonly #connections = new Set<Socket>()
  #slot: BootSlot | undefined
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(options: ServiceProxyOptions) {
    this.#options = options
    const { client } = options
    this.#services = new Informer<Service>({ client, resource: RESOURCES.services })
    this.#endpoints = new Informer<Endpoints>({ client, resource: RESOURCES.endpoints })
    const update = () => this.#update()
    const onError = (error: unknown) =>
      options.log.error(`watching services: ${messageOf(error)}`)
    const handlers = { onAdd: update, onUpdate: update, onDelete: update, onError }
    this.#services.subscribe(handlers)
    this.#endpoints.subscribe({ onError })
  }

  start(): void {
    void this.#elect()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    this.#services.stop()
    this.#endpoints.stop()
    for (const { server } of this.#listeners.values()) server.close()
    for (const connection of this.#connections) connection.destroy()
    await this.#slot?.release()
  }

  async #elect(): Promise<void> {
    const slot = await this.#options.acquire().catch(() => undefined)
    if (this.#stopped) {
      await slot?.release()
      return
    }
    if (slot === undefined) {
      this.#timer = setTimeout(() => void this.#elect(), this.#options.retryMs ?? RETRY_MS)
      return
    }
    this.#slot = slot
    this.#endpoints.start()
    this.#services.start()
  }

  #update(): void {
    if (this.#stopped) return
    const wanted = new Map<number, NodePort>()
    for (const service of this.#services.list()) {
      for (const port of nodePortsOf(service)) wanted.set(port.nodePort, port)
    }
    for (const [number, { server }] of this.#listeners) {
      if (wanted.has(number)) continue
      server.close()
      this.#listeners.delete(number)
    }
    for (const [number, port] of wanted) {
      const known = this.#listeners.get(number)
      if (known) known.port = port
      else this.#listen(port)
    }
  }

  #listen(port: NodePort): void {
    const { nodePort, service } = port
    const server = createServer((socket) => void this.#serve(socket, listener))
    const listener: Listener = { server, port, turn: 0 }
    this.#listeners.set(nodePort, listener)
    server.on('error', (error) => {
      // As kube-proxy does: it says so, and the Service does without this port.
      this.#options.log.error(`NodePort ${nodePort} of ${service}: ${messageOf(error)}`)
    })
    server.listen(nodePort, '127.0.0.1', () => {
      this.#options.log.info(`NodePort ${nodePort} leads to the service ${service}`)
    })
  }

  async #serve(socket: Socket, listener: Listener): Promise<void> {
    this.#connections.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#connections.delete(socket))
    socket.setNoDelay(true)
    const stream = await this.#open(listener)
    if (stream === undefined || socket.destroyed) {
      socket.destroy()
      stream?.destroy()
      return
    }
    await splice(socket, stream)
  }

  /** A connection to one of the service's pods: the next one, or any that can be reached. */
  async #open(listener: Listener): Promise<Duplex | undefined> {
    const { service, portName, sticky } = listener.port
    const targets = targetsOf(this.#endpoints.get(service), portName)
    const first = sticky ? 0 : listener.turn++
    for (let index = 0; index < targets.length; index += 1) {
      const target = targets[(first + index) % targets.length]
      const opened = target && (await this.#options.open(target).catch(() => undefined))
      if (opened) return opened
    }
    return undefined
  }
}
