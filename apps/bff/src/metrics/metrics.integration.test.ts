import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { metricsHistory, metricsHistoryPath, type MetricsHistory } from '@virtdeck/bff-contract'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

/* The BFF in front of a whole cluster: API server, controllers and a node with simulated guests. */

const APPS = resolve(import.meta.dirname, '../../..')
const VMS = '/api/kubernetes/apis/kubevirt.io/v1/namespaces/development/virtualmachines'

let directory: string
let url: string
/** The Cookie header of an administrator. */
let admin: string
const children: ChildProcess[] = []

/** Starts a program and waits for the line that says it is ready; what it printed. */
async function start(program: string, args: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(APPS, program), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  let output = ''
  child.stdout.on('data', (text: Buffer) => (output += text.toString()))
  await vi.waitUntil(() => output.includes('ready') || child.exitCode !== null, 30_000)
  return output
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'virtdeck-metrics-'))
  const data = ['--data-dir', directory]
  const kubeconfig = (name: string) => ['--kubeconfig', join(directory, name)]
  await start('local-cluster/src/main.ts', [...data, '--port', '0'])
  await start('local-cluster/src/controllers/main.ts', [
    ...data,
    ...kubeconfig('components/controllers.kubeconfig'),
  ])
  await start('node-agent/src/main.ts', [
    ...data,
    ...kubeconfig('components/node01.kubeconfig'),
    '--node-name',
    'node01',
    '--driver',
    'simulated',
  ])
  const loginCodeFile = join(directory, 'login-code')
  await writeFile(loginCodeFile, 'the-code')
  const output = await start('bff/src/server.ts', [
    ...kubeconfig('kubeconfig'),
    '--port',
    '0',
    '--login-code-file',
    loginCodeFile,
  ])
  url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? ''
  admin = await signIn({ code: 'the-code' })
}, 90_000)

afterAll(async () => {
  for (const child of children.toReversed()) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  await rm(directory, { recursive: true, force: true })
})

async function signIn(body: object): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(await response.text())
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
}

async function history(cookie: string, name: string): Promise<MetricsHistory> {
  const path = metricsHistoryPath({ namespace: 'development', name, range: '5m' })
  const response = await fetch(url + path, { headers: { cookie } })
  return metricsHistory.parse(await response.json())
}

it('collects from the nodes of a cluster, for all who may read the VM', async () => {
  const created = await fetch(url + VMS, {
    method: 'POST',
    headers: { cookie: admin, origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name: 'measured', namespace: 'development' },
      spec: {
        runStrategy: 'Always',
        template: {
          spec: {
            domain: {
              devices: { disks: [{ name: 'root', disk: { bus: 'virtio' } }] },
              memory: { guest: '128Mi' },
            },
            volumes: [
              {
                name: 'root',
                containerDisk: { image: 'localhost/virtdeck/tiny-linux:latest' },
              },
            ],
          },
        },
      },
    }),
  })
  expect(created.status).toBe(201)

  const lastSample = async (cookie: string) =>
    (await history(cookie, 'measured')).samples.at(-1)
  await expect
    .poll(() => lastSample(admin), { timeout: 60_000, interval: 500 })
    .toMatchObject({
      cpuMillicores: expect.any(Number) as number,
      memoryBytes: expect.any(Number) as number,
    })
  const tokens = JSON.parse(await readFile(join(directory, 'tokens.json'), 'utf8')) as {
    developer: string
  }
  const developer = await signIn({ token: tokens.developer })
  expect(await history(developer, 'measured')).toMatchObject({ source: 'virt-handler' })
  expect(await lastSample(developer)).toHaveProperty('cpuMillicores')
}, 90_000)

it('asks nothing else of virt-handler through the proxy of pods', async () => {
  const proxy = (target: string) =>
    fetch(`${url}/api/kubernetes/api/v1/namespaces/kubevirt/pods/${target}`, {
      headers: { cookie: admin },
    })
  const pod = 'https:virt-handler-node01:8443/proxy'
  const metrics = await proxy(`${pod}/metrics`)
  expect(metrics.headers.get('content-type')).toContain('text/plain')
  expect(await metrics.text()).toContain('kubevirt_vmi_cpu_usage_seconds_total')
  expect((await proxy(`${pod}/stats`)).status).toBe(404)
  const guest = `${pod}/v1/namespaces/development/virtualmachineinstances/measured/console`
  expect((await proxy(guest)).status).toBe(404)
  expect((await proxy('https:virt-handler-node09:8443/proxy/metrics')).status).toBe(404)
  expect((await proxy('virt-handler-node01:80/proxy/metrics')).status).toBe(502)
})
