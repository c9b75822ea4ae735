import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { build, CODE, ORIGIN, OWN_TOKEN, signIn, USER_TOKEN } from '../../testing/build.ts'

const post = (payload: object, headers: Record<string, string> = { origin: ORIGIN }) => ({
  method: 'POST' as const,
  url: '/api/session',
  headers,
  payload,
})

describe('signing in with a token', () => {
  it('answers who one is and sets a cookie that scripts cannot read', async () => {
    const { server } = await build()
    const response = await server.inject(post({ token: USER_TOKEN }))
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({
      user: { name: 'jane', groups: ['system:authenticated'] },
      cluster: 'test-cluster',
    })
    const [cookie] = response.cookies
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' })
    expect(cookie?.maxAge).toBeGreaterThan(7 * 3600)
    expect(cookie?.secure).toBeUndefined()
    expect(response.body + JSON.stringify(response.headers)).not.toContain(USER_TOKEN)
  })

  it('marks the cookie Secure behind https', async () => {
    const { server } = await build({ trustedOrigins: ['https://console.example'] })
    const response = await server.inject(
      post({ token: USER_TOKEN }, { origin: 'https://console.example' }),
    )
    expect(response.cookies[0]).toMatchObject({ secure: true })
  })

  it('splits a long token over several cookies', async () => {
    const { server, cluster } = await build()
    const token = 'x'.repeat(9_000)
    cluster.tokens.set(token, 'long')
    const cookie = await signIn(server, { token })
    expect(cookie.split('; ').length).toBe(4)
    const response = await server.inject({ url: '/api/session', headers: { cookie } })
    expect(response.json()).toMatchObject({ user: { name: 'long' } })
  })

  it('refuses a token that the cluster does not accept', async () => {
    const { server } = await build()
    const response = await server.inject(post({ token: 'wrong' }))
    expect(response.statusCode).toBe(401)
    expect(response.json()).toMatchObject({ reason: 'SignInRefused' })
    expect(response.json()).toHaveProperty('requestId', response.headers['x-request-id'])
    expect(response.cookies).toEqual([])
  })

  it('asks an access review where the cluster knows no SelfSubjectReview', async () => {
    const { server, cluster } = await build()
    cluster.handlers.set(
      'POST /apis/authentication.k8s.io/v1/selfsubjectreviews',
      (_request, response) => void response.writeHead(404).end('{}'),
    )
    const response = await server.inject(post({ token: USER_TOKEN }))
    expect(response.json()).toMatchObject({ user: { name: 'unknown user' } })
    expect((await server.inject(post({ token: 'wrong' }))).statusCode).toBe(401)
  })

  it('says that the cluster cannot be reached', async () => {
    const { server, cluster } = await build()
    await cluster.stop()
    const response = await server.inject(post({ token: USER_TOKEN }))
    expect(response.statusCode).toBe(502)
    expect(response.json()).toMatchObject({ reason: 'ClusterUnreachable' })
    await cluster.start()
  })

  it('stops guessing', async () => {
    const { server } = await build()
    for (let attempt = 1; attempt <= 60; attempt += 1) {
      expect((await server.inject(post({ code: 'guess' }))).statusCode).toBe(401)
    }
    const response = await server.inject(post({ code: 'guess' }))
    expect(response.statusCode).toBe(429)
    expect(response.json()).toMatchObject({ reason: 'TooManyRequests' })
  })

  it.each([{}, { token: '' }, { token: 'a', code: 'b' }, { token: 7 }])(
    'refuses the body %j',
    async (body) => {
      const { server } = await build()
      const response = await server.inject(post(body))
      expect(response.statusCode).toBe(400)
      expect(response.json()).toMatchObject({ status: 400, reason: 'BadRequest' })
    },
  )
})

describe('signing in with the one-time code', () => {
  it('works once, as the user of the kubeconfig', async () => {
    const { server, cluster, directory } = await build()
    const options = await server.inject({ url: '/api/sign-in-options' })
    expect(options.json()).toMatchObject({ code: true, cluster: 'test-cluster' })
    const first = await server.inject(post({ code: CODE }))
    expect(first.json()).toMatchObject({
      user: { name: 'owner' },
      defaultNamespace: 'development',
    })
    expect(existsSync(join(directory, 'login-code'))).toBe(false)

    const second = await server.inject(post({ code: CODE }))
    expect(second.statusCode).toBe(401)
    expect(second.json()).toMatchObject({ reason: 'CodeRefused' })
    expect((await server.inject({ url: '/api/sign-in-options' })).json().code).toBe(false)

    const cookie = first.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    await server.inject({ url: '/api/kubernetes/version', headers: { cookie } })
    expect(cluster.requests.at(-1)?.headers.authorization).toBe(`Bearer ${OWN_TOKEN}`)
  })

  it('refuses a wrong code and keeps the right one', async () => {
    const { server } = await build()
    expect((await server.inject(post({ code: 'wrong' }))).statusCode).toBe(401)
    expect((await server.inject(post({ code: CODE }))).statusCode).toBe(200)
  })

  it('lets only one of two at the same time in', async () => {
    const { server } = await build()
    const both = await Promise.all([0, 1].map(() => server.inject(post({ code: CODE }))))
    expect(new Set(both.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 401]))
  })

  it('is not there when others than this machine can connect', async () => {
    const { server } = await build({ host: '0.0.0.0' })
    expect((await server.inject({ url: '/api/sign-in-options' })).json().code).toBe(false)
    expect((await server.inject(post({ code: CODE }))).statusCode).toBe(401)
  })

  it('never accepts an empty code file', async () => {
    const { server, directory } = await build()
    await writeFile(join(directory, 'login-code'), '\n')
    expect((await server.inject(post({ code: ' ' }))).statusCode).toBe(401)
    await rm(join(directory, 'login-code'))
    expect((await server.inject(post({ code: CODE }))).statusCode).toBe(401)
  })
})

describe('the session', () => {
  it('survives a restart of the BFF and ends with signing out', async () => {
    const { server, restart } = await build()
    const cookie = await signIn(server)
    const other = await restart()
    const response = await other.inject({ url: '/api/session', headers: { cookie } })
    expect(response.json()).toMatchObject({ user: { name: 'jane' } })

    const out = await other.inject({
      method: 'DELETE',
      url: '/api/session',
      headers: { cookie, origin: ORIGIN },
    })
    expect(out.statusCode).toBe(204)
    expect(out.cookies[0]).toMatchObject({ value: '', path: '/' })
    const copied = await other.inject({ url: '/api/session', headers: { cookie } })
    expect(copied.statusCode).toBe(401)
  })

  it('ends after eight hours without use, and is renewed by use', async () => {
    const { server } = await build()
    const cookie = await signIn(server)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
    try {
      const young = await server.inject({ url: '/api/session', headers: { cookie } })
      expect(young.cookies).toEqual([])
      vi.advanceTimersByTime(7 * 3_600_000)
      const used = await server.inject({ url: '/api/session', headers: { cookie } })
      expect(used.statusCode).toBe(200)
      const next = used.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
      vi.advanceTimersByTime(2 * 3_600_000)
      const old = await server.inject({ url: '/api/session', headers: { cookie } })
      expect(old.statusCode).toBe(401)
      const renewed = await server.inject({ url: '/api/session', headers: { cookie: next } })
      expect(renewed.statusCode).toBe(200)
    } finally {
      vi.useRealTimers()
    }
  })

  it('is none with an altered cookie', async () => {
    const { server } = await build()
    const cookie = await signIn(server)
    const altered = cookie.slice(0, -4) + (cookie.endsWith('AAAA') ? 'BBBB' : 'AAAA')
    const response = await server.inject({ url: '/api/session', headers: { cookie: altered } })
    expect(response.statusCode).toBe(401)
  })
})

describe('requests from elsewhere', () => {
  it.each([
    ['no Origin', {}],
    ['another site', { origin: 'https://evil.example' }],
    [
      'a name that points here (DNS rebinding)',
      { origin: 'http://evil.example', host: 'evil.example' },
    ],
    ['an opaque origin', { origin: 'null' }],
  ])('are refused: %s', async (_name, headers) => {
    const { server } = await build()
    const response = await server.inject(post({ token: USER_TOKEN }, headers))
    expect(response.statusCode).toBe(403)
    expect(response.json()).toMatchObject({ reason: 'OriginRefused' })
  })
})

it('logs neither tokens nor codes nor cookies', async () => {
  const { server, log } = await build()
  const cookie = await signIn(server)
  await server.inject(post({ code: CODE }))
  await server.inject(post({ token: 'a-wrong-token' }))
  await server.inject({
    url: '/api/kubernetes/api/v1/pods?token=in-a-query',
    headers: { cookie },
  })
  server.log.info({
    token: USER_TOKEN,
    body: { code: CODE },
    headers: { authorization: USER_TOKEN },
  })
  const text = log()
  expect(text).toContain('"path":"/api/session"')
  expect(text).toContain('"user":"jane"')
  for (const secret of [
    USER_TOKEN,
    OWN_TOKEN,
    CODE,
    'a-wrong-token',
    'in-a-query',
    cookie.slice(-60),
  ]) {
    expect(text).not.toContain(secret)
  }
})
