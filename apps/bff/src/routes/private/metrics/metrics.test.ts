import { latestMetrics, metricsHistory, metricsHistoryPath } from '@virtdeck/bff-contract'
import { RESOURCES } from '@virtdeck/kubernetes'
import { describe, expect, it } from 'vitest'
import { build, OWN_TOKEN, ORIGIN, signIn, type TestBff } from '../../../testing/build.ts'

const POD_METRICS = {
  group: 'metrics.k8s.io',
  version: 'v1beta1',
  resource: 'pods',
  kind: 'PodMetrics',
  namespaced: true,
}
const PROXY = '/api/v1/namespaces/kubevirt/pods/https:virt-handler-a:8443/proxy/metrics'

const launcher = (namespace: string, name: string, cpu: string) => ({
  metadata: {
    namespace,
    name: `virt-launcher-${name}`,
    labels: { 'kubevirt.io': 'virt-launcher', 'vm.kubevirt.io/name': name },
  },
  containers: [{ name: 'compute', usage: { cpu, memory: '64Mi' } }],
})

/** A node whose virt-handler tells of one VM; each time it has used one more CPU second. */
function withVirtHandler({ cluster }: TestBff) {
  cluster.put(RESOURCES.pods, {
    metadata: {
      namespace: 'kubevirt',
      name: 'virt-handler-a',
      labels: { 'kubevirt.io': 'virt-handler' },
    },
    status: { phase: 'Running' },
  })
  const tokens: (string | undefined)[] = []
  cluster.handlers.set(`GET ${PROXY}`, ({ headers }, response) => {
    tokens.push(headers.authorization)
    const labels = 'node="a",namespace="development",name="db"'
    response.end(
      `kubevirt_vmi_cpu_usage_seconds_total{${labels}} ${tokens.length}\n` +
        `kubevirt_vmi_memory_resident_bytes{${labels}} 4096\n`,
    )
  })
  return { tokens }
}

async function history(bff: TestBff, namespace = 'development', name = 'db') {
  const response = await bff.server.inject({
    url: metricsHistoryPath({ namespace, name, range: '5m' }),
    headers: { cookie: await signIn(bff.server) },
  })
  return { status: response.statusCode, body: response.json<unknown>() }
}

async function latest(bff: TestBff, virtualMachines: string[]) {
  const response = await bff.server.inject({
    method: 'POST',
    url: '/api/metrics/latest',
    headers: { cookie: await signIn(bff.server), origin: ORIGIN },
    payload: { virtualMachines },
  })
  return { status: response.statusCode, body: response.json<unknown>() }
}

describe('what virtual machines use', () => {
  it('is collected with the identity of the BFF', async () => {
    const bff = await build()
    const { tokens } = withVirtHandler(bff)
    const { body } = await history(bff)
    const { source, stepSeconds, samples, collectedSince } = metricsHistory.parse(body)
    expect({ source, stepSeconds }).toEqual({ source: 'virt-handler', stepSeconds: 15 })
    expect(samples).toMatchObject([{ memoryBytes: 4096 }])
    expect(collectedSince).toBeTypeOf('number')
    expect(tokens).toEqual([`Bearer ${OWN_TOKEN}`])
    const answer = latestMetrics.parse((await latest(bff, ['development/db', 'a/b'])).body)
    expect(Object.keys(answer.samples)).toEqual(['development/db'])
  })

  it('is told to nobody who may not read the VM', async () => {
    const bff = await build()
    withVirtHandler(bff)
    bff.cluster.allow = (user, { resource }) =>
      user === 'owner' || resource !== 'virtualmachineinstances'
    expect(await history(bff)).toMatchObject({ status: 403, body: { reason: 'Forbidden' } })
    expect((await latest(bff, ['development/db'])).body).toEqual({ samples: {} })
  })

  it('is told to those who may read that VM only', async () => {
    const bff = await build()
    withVirtHandler(bff)
    bff.cluster.allow = (user, { resource, name }) =>
      user === 'owner' || resource !== 'virtualmachineinstances' || name === 'db'
    expect((await history(bff)).status).toBe(200)
    expect((await history(bff, 'development', 'other')).status).toBe(403)
  })

  it("comes from the metrics of pods, with the user's rights, where the BFF has none", async () => {
    const bff = await build()
    bff.cluster.put(POD_METRICS, launcher('development', 'db', '250m'))
    bff.cluster.put(POD_METRICS, launcher('default', 'other', '1'))
    bff.cluster.allow = (user, { resource, namespace }) =>
      user !== 'owner' && (resource !== 'pods' || namespace === 'development')
    const { body } = await history(bff)
    expect(metricsHistory.parse(body)).toMatchObject({
      source: 'pod-metrics',
      samples: [{ cpuMillicores: 250, memoryBytes: 64 * 1024 * 1024 }],
    })
  })

  it('cannot be had where the cluster gives nothing, and why is said', async () => {
    const bff = await build()
    const { status, body } = await history(bff)
    expect(status).toBe(200)
    expect(metricsHistory.parse(body)).toMatchObject({ samples: [] })
    expect(metricsHistory.parse(body).message).toContain('could not find')
  })

  it('refuses a range that is not kept', async () => {
    const bff = await build()
    const response = await bff.server.inject({
      url: '/api/metrics/history/development/db?range=7d',
      headers: { cookie: await signIn(bff.server) },
    })
    expect(response.statusCode).toBe(400)
  })
})
