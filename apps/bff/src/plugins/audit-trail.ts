import { privateRoutes, type AuditAnswer } from '@virtdeck/bff-contract'
import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'

type AuditedWrite = AuditAnswer['writes'][number]
type AuditedConsole = AuditAnswer['consoles'][number]

interface VirtualMachineName {
  namespace: string
  name: string
}

declare module 'fastify' {
  interface FastifyInstance {
    auditTrail: AuditTrail
  }
}

/** Of each kind of entry; about a megabyte. */
const LIMIT = 5_000

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
const PATH =
  /\/apis\/(?:subresources\.)?kubevirt\.io\/[^/]+\/namespaces\/([^/]+)\/(virtualmachines|virtualmachineinstances)\/([^/]+)(?:\/([^/]+))?$/

/** The last entries of all VMs, oldest first. */
class Entries<T> {
  readonly #entries: { key: string; entry: T }[] = []

  add({ namespace, name }: VirtualMachineName, entry: T): void {
    this.#entries.push({ key: `${namespace}/${name}`, entry })
    if (this.#entries.length > LIMIT) this.#entries.splice(0, LIMIT / 10)
  }

  of({ namespace, name }: VirtualMachineName): T[] {
    const wanted = `${namespace}/${name}`
    return this.#entries.filter(({ key }) => key === wanted).map(({ entry }) => entry)
  }
}

/**
 * The last writes to VMs and consoles of them that went through this process, so that people see who did what.
 * The whole trail is in the log: here it begins with the process, and each replica has its own.
 */
class AuditTrail {
  readonly #writes = new Entries<AuditedWrite>()
  readonly #consoles = new Entries<AuditedConsole>()

  note(request: FastifyRequest): void {
    const user = request.userSession?.user.name
    const { pathname, searchParams } = new URL(request.url, 'http://localhost')
    if (user === undefined || searchParams.has('dryRun')) return
    if (!pathname.startsWith(privateRoutes.kubernetes)) return
    const [, namespace = '', resource, name = '', subresource] = PATH.exec(pathname) ?? []
    if (resource !== 'virtualmachines' && resource !== 'virtualmachineinstances') return
    const { method } = request
    const time = new Date().toISOString()
    const write: AuditedWrite = {
      time,
      user,
      method,
      resource,
      ...(subresource && { subresource }),
    }
    this.#writes.add({ namespace, name }, write)
  }

  noteConsole(target: VirtualMachineName, opened: Omit<AuditedConsole, 'time'>): void {
    this.#consoles.add(target, { time: new Date().toISOString(), ...opened })
  }

  of(target: VirtualMachineName): AuditAnswer {
    return { writes: this.#writes.of(target), consoles: this.#consoles.of(target) }
  }
}

export const auditTrailPlugin = fastifyPlugin(
  async (app) => {
    const trail = new AuditTrail()
    app.decorate('auditTrail', trail)
    app.addHook('onResponse', async (request, reply) => {
      if (WRITES.has(request.method) && reply.statusCode < 300) trail.note(request)
    })
  },
  { name: 'audit-trail' },
)
