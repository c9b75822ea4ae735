import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { RESOURCES } from '@virtdeck/kubernetes'
import { describe, expect, it, vi } from 'vitest'
import { build, ORIGIN, signIn, USER_TOKEN } from '../../testing/build.ts'

const NODES = '/api/kubernetes/api/v1/nodes'

describe('what the API server gets to see', () => {
  it('is the user, and nothing of the browser', async () => {
    const { server, cluster } = await build()
    const cookie = await signIn(server)
    cluster.put(RESOURCES.nodes, { metadata: { name: 'node01' } })
    const response = await server.inject({
      url: `${NODES}?limit=1`,
      headers: {
        cookie,
        authorization: 'Bearer of-somebody-else',
        'impersonate-user': 'system:admin',
        'impersonate-group': 'system:masters',
        'x-remote-user': 'admin',
        'x-forwarded-for': '1.2.3.4',
        connection: 'x-secret',
        'x-secret': 'yes',
      },
    })
    expect(response.statusCode).toBe(200)
    expect(response.json().items).toHaveLength(1)
    const received = cluster.requests.at(-1)
    expect(received?.url).toBe('/api/v1/nodes?limit=1')
    expect(Object.keys(received?.headers ?? {}).toSorted()).toEqual([
      'accept',
      'authorization',
      'connection',
      'host',
      'user-agent',
    ])
    expect(received?.headers).toMatchObject({
      authorization: `Bearer ${USER_TOKEN}`,
      accept: '*/*',
    })
  })

  it.each([
    '/api/kubernetes/../healthz',
    '/api/kubernetes/api/v1/..%2f..%2fsecrets',
    '/api/kubernetes/api/%2e%2e/version',
    '/api/kubernetes//evil.example/',
    '/api/kubernetes/api\\v1',
    '/api/kubernete%73/api',
  ])('is never a path with tricks: %s', async (path) => {
    const { server, cluster } = await build()
    const cookie = await signIn(server)
    const before = cluster.requests.length
    const address = await server.listen({ host: '127.0.0.1', port: 0 })
    const { port } = new URL(address)
    // Not fetch, which would tidy the path up first.
    const request = httpRequest({ host: '127.0.0.1', port, path, headers: { cookie } }).end()
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    expect([400, 404]).toContain(response.statusCode)
    expect(cluster.requests.length).toBe(before)
  })

  it('needs a session', async () => {
    const { server, cluster } = await build()
    const response = await server.inject({ url: NODES })
    expect(response.statusCode).toBe(401)
    expect(cluster.requests).toEqual([])
  })

  it('needs our own Origin to write', async () => {
    const { server, cluster, log } = await build()
    const cookie = await signIn(server)
    const before = cluster.requests.length
    const write = { method: 'DELETE' as const, url: `${NODES}/node01` }
    expect((await server.inject({ ...write, headers: { cookie } })).statusCode).toBe(403)
    expect(cluster.requests.length).toBe(before)
    await server.inject({ ...write, headers: { cookie, origin: ORIGIN } })
    expect(cluster.requests.at(-1)).toMatchObject({
      method: 'DELETE',
      url: '/api/v1/nodes/node01',
    })
    const audit = log()
      .split('\n')
      .filter((line) => line.includes('"audit":true'))
      .map((line) => JSON.parse(line) as object)
    expect(audit).toContainEqual(
      expect.objectContaining({
        user: 'jane',
        method: 'DELETE',
        path: `${NODES}/node01`,
        status: 404,
      }),
    )
  })
})

describe('what comes back', () => {
  it('is a Status as the cluster said it', async () => {
    const { server, cluster } = await build()
    const cookie = await signIn(server)
    const status = '{"kind":"Status",  "code":422,"message":"as it is"}'
    cluster.handlers.set(
      'POST /apis/kubevirt.io/v1/namespaces/default/virtualmachines',
      (_, response) => {
        response.writeHead(422, {
          'content-type': 'application/json',
          warning: '299 - "spec.running is deprecated"',
          'set-cookie': 'a=b',
          'www-authenticate': 'Basic',
          'content-security-policy': "script-src 'unsafe-inline'",
        })
        response.end(status)
      },
    )
    const response = await server.inject({
      method: 'POST',
      url: '/api/kubernetes/apis/kubevirt.io/v1/namespaces/default/virtualmachines',
      headers: { cookie, origin: ORIGIN },
      payload: {},
    })
    expect(response.statusCode).toBe(422)
    expect(response.body).toBe(status)
    expect(response.headers).toMatchObject({ warning: expect.stringContaining('deprecated') })
    expect(response.headers['set-cookie']).toBeUndefined()
    expect(response.headers['www-authenticate']).toBeUndefined()
    expect(response.headers['content-security-policy']).toContain('sandbox')
    expect(response.headers['x-request-id']).toBeDefined()
  })

  it('is a plain error when the cluster is gone', async () => {
    const { server, cluster } = await build()
    const cookie = await signIn(server)
    await cluster.stop()
    const response = await server.inject({ url: NODES, headers: { cookie } })
    expect(response.statusCode).toBe(502)
    expect(response.json()).toMatchObject({
      reason: 'ClusterUnreachable',
      message: expect.stringContaining('cannot be reached'),
      requestId: response.headers['x-request-id'],
    })
    await cluster.start()
  })
})

describe('streams', () => {
  it('watch: headers at once, events as they come, and an end when the browser leaves', async () => {
    const { server, cluster } = await build()
    const cookie = await signIn(server)
    cluster.put(RESOURCES.nodes, { metadata: { name: 'node01' } })
    let ended = false
    cluster.handlers.set('GET /api/v1/nodes', (request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders()
      request.socket.once('close', () => (ended = true))
      response.once('close', () => (ended = true))
      cluster.handlers.set('GET /send', (_, other) => {
        response.write('{"type":"ADDED"}\n')
        other.end()
      })
    })
    const address = await server.listen({ host: '127.0.0.1', port: 0 })
    const abort = new AbortController()
    const response = await fetch(`${address}${NODES}?watch=true`, {
      headers: { cookie },
      signal: abort.signal,
    })
    expect(response.status).toBe(200)
    await fetch(`${cluster.url}/send`)
    const reader = response.body?.getReader()
    const { value } = (await reader?.read()) ?? {}
    expect(Buffer.from(value ?? []).toString()).toBe('{"type":"ADDED"}\n')
    abort.abort()
    await vi.waitUntil(() => ended)
  })

  it('uploads without holding them in memory', async () => {
    const { server, cluster } = await build()
    const cookie = await signIn(server)
    const size = 20 * 1024 * 1024
    let received = 0
    cluster.handlers.set('PUT /big', async (request, response) => {
      for await (const chunk of request) received += (chunk as Buffer).length
      response.end('{}')
    })
    const address = await server.listen({ host: '127.0.0.1', port: 0 })
    const response = await fetch(`${address}/api/kubernetes/big`, {
      method: 'PUT',
      headers: { cookie, origin: address, 'content-type': 'application/merge-patch+json' },
      body: Buffer.alloc(size, 'x'),
    })
    expect(response.status).toBe(200)
    expect(received).toBe(size)
  })
})
