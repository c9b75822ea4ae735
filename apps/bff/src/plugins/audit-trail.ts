import { privateRoutes, type AuditAnswer } from '@virtdeck/bff-contract'
import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'

type AuditedWrite = AuditAnswer['writes'][number]

declare module 'fastify' {
  interface FastifyInstance {
    auditTrail: AuditTrail
  }
}

/** About a megabyte. */
const LIMIT = 5_000

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
const PATH =
  /\/apis\/(?:subresources\.)?kubevirt\.io\/[^/]+\/namespaces\/([^/]+)\/(virtualmachines|virtualmachineinstances)\/([^/]+)(?:\/([^/]+))?$/

/**
 * The last writes to VMs that went through this process, so that people see who did what.
 * The whole trail is in the log: here it begins with the process, and each replica has its own.
 */
class AuditTrail {
  readonly #entries: { key: string; write: AuditedWrite }[] = []

  note(request: FastifyRequest): void {
    const user = request.userSession?.user.name
    const { pathname, searchParams } = new URL(request.url, 'http://localhost')
    if (user === undefined || searchParams.has('dryRun')) return
    if (!pathname.startsWith(privateRoutes.kubernetes)) return
    const [, namespace, resource, name, subresource] = PATH.exec(pathname) ?? []
    if (resource !== 'virtualmachines' && resource !== 'virtualmachineinstances') return
    const { method } = request
    const time = new Date().toISOString()
    this.#entries.push({
      key: `${namespace}/${name}`,
      write: { time, user, method, resource, ...(subresource && { subresource }) },
    })
    if (this.#entries.length > LIMIT) this.#entries.splice(0, LIMIT / 10)
  }

  writesTo({ namespace, name }: { namespace: string; name: string }): AuditedWrite[] {
    const wanted = `${namespace}/${name}`
    return this.#entries.filter(({ key }) => key === wanted).map(({ write }) => write)
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
