import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RESOURCES } from '@virtdeck/kubernetes'
import type { FastifyInstance } from 'fastify'
import { onTestFinished } from 'vitest'
import { buildServer } from '../build.ts'
import type { Config } from '../config.ts'
import { loadOwnIdentity } from '../upstream/own-identity.ts'
import { Upstream } from '../upstream/upstream.ts'
import { ScriptedKubernetes } from './scripted-kubernetes.ts'

export const OWN_TOKEN = 'token-of-the-kubeconfig'
export const USER_TOKEN = 'token-of-a-user'
export const ORIGIN = 'http://localhost:80'
export const CODE = 'one-time-code-for-tests'

export interface TestBff {
  server: FastifyInstance
  cluster: ScriptedKubernetes
  directory: string
  /** Everything that was logged. */
  log: () => string
  /** Another BFF with the same key and files, as after a restart. */
  restart: () => Promise<FastifyInstance>
}

/** A BFF in front of a scripted cluster; both close with the test. */
export async function build(overrides: Partial<Config> = {}): Promise<TestBff> {
  const directory = await mkdtemp(join(tmpdir(), 'virtdeck-bff-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const cluster = await new ScriptedKubernetes().start()
  onTestFinished(() => cluster.stop())
  cluster.tokens.set(OWN_TOKEN, 'owner').set(USER_TOKEN, 'jane')
  for (const namespace of ['default', 'development']) {
    cluster.put(RESOURCES.namespaces, { metadata: { name: namespace } })
  }

  const kubeconfig = join(directory, 'kubeconfig')
  await writeFile(kubeconfig, kubeconfigFor(cluster.url))
  const loginCodeFile = join(directory, 'login-code')
  await writeFile(loginCodeFile, `${CODE}\n`)
  const config: Config = {
    kubeconfig,
    loginCodeFile,
    port: 0,
    host: '127.0.0.1',
    consoles: { perUser: 50, total: 100, idleMinutes: 0 },
    trustedOrigins: [],
    logLevel: 'debug',
    ...overrides,
  }
  const sessionKey = randomBytes(32)
  let log = ''
  const start = async () => {
    const upstream = new Upstream(loadOwnIdentity(config))
    const stream = { write: (line: string) => void (log += line) }
    const server = await buildServer({ config, upstream, sessionKey }, stream)
    onTestFinished(() => server.close())
    await server.ready()
    return server
  }
  return { server: await start(), cluster, directory, log: () => log, restart: start }
}

const kubeconfigFor = (server: string) => `
apiVersion: v1
kind: Config
current-context: test-cluster
clusters: [{ name: c, cluster: { server: '${server}', insecure-skip-tls-verify: true } }]
users: [{ name: u, user: { token: ${OWN_TOKEN} } }]
contexts: [{ name: test-cluster, context: { cluster: c, user: u, namespace: development } }]
`

/** Signs in and returns the Cookie header of the session. */
export async function signIn(
  server: FastifyInstance,
  body: object = { token: USER_TOKEN },
): Promise<string> {
  const response = await server.inject({
    method: 'POST',
    url: '/api/session',
    headers: { origin: ORIGIN },
    payload: body,
  })
  if (response.statusCode !== 200) throw new Error(response.body)
  return response.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}
