import { once } from 'node:events'
import type { LiveQuery } from '@virtdeck/bff-contract'
import { RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import { describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { build, CODE, ORIGIN, signIn } from '../../testing/build.ts'
import { LiveClient, listen } from '../../testing/live-client.ts'
import type { ScriptedKubernetes } from '../../testing/scripted-kubernetes.ts'

const virtualMachines = (overrides: object = {}): LiveQuery => ({
  kind: 'virtualMachines',
  sort: { column: 'name', direction: 'ascending' },
  offset: 0,
  limit: 10,
  ...overrides,
})

const virtualMachine = (name: string, printableStatus = 'Stopped', namespace = 'default') => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { name, namespace, creationTimestamp: '2026-01-01T00:00:00Z', managedFields: [{}] },
  spec: {
    runStrategy: 'Halted',
    template: { spec: { volumes: [{ dataVolume: { name: 'disk' } }] } },
  },
  status: { printableStatus },
})

const instance = (name: string, ipAddress: string): KubernetesObject => ({
  metadata: { name, namespace: 'default' },
  status: { phase: 'Running', nodeName: 'node01', interfaces: [{ ipAddress }] },
})

async function withVirtualMachines(count: number) {
  const bff = await build()
  prepare(bff.cluster)
  for (let index = 0; index < count; index += 1) {
    bff.cluster.put(RESOURCES.virtualMachines, virtualMachine(nameAt(index)))
  }
  return bff
}

/** The cluster serves these kinds, with nothing in them yet. */
function prepare(cluster: ScriptedKubernetes): void {
  const { virtualMachines, virtualMachineInstances, pods, dataVolumes, events } = RESOURCES
  const { persistentVolumeClaims } = RESOURCES
  for (const resource of [
    virtualMachines,
    virtualMachineInstances,
    pods,
    dataVolumes,
    persistentVolumeClaims,
    events,
  ]) {
    cluster.put(resource, { metadata: { name: 'x', namespace: 'x' } })
    cluster.remove(resource, 'x/x')
  }
}

const nameAt = (index: number) => `vm-${String(index).padStart(4, '0')}`

describe('the list of virtual machines', () => {
  it('opens with one page, whatever there is', async () => {
    const { server } = await withVirtualMachines(1_200)
    const client = await LiveClient.open(server)
    client.subscribe(virtualMachines({ offset: 20, limit: 2 }), 7)
    expect(await client.frame(1)).toEqual({
      type: 'page',
      id: 7,
      total: 1_200,
      rows: ['vm-0020', 'vm-0021'].map((name) => ({
        key: `default/${name}`,
        namespace: 'default',
        name,
        uid: `uid-default/${name}`,
        status: 'Stopped',
        runStrategy: 'Halted',
        ipAddresses: [],
        macAddresses: [],
        conditions: [],
        labels: {},
        storageClasses: [],
        networks: [],
        cpus: 1,
        created: '2026-01-01T00:00:00Z',
        simulated: false,
        deleting: false,
      })),
    })
  })

  it('follows VM, VMI, launcher pod and DataVolume', async () => {
    const { server, cluster } = await withVirtualMachines(1)
    const client = await LiveClient.open(server)
    client.subscribe(virtualMachines())
    await client.frame(1)

    cluster.put(RESOURCES.virtualMachines, virtualMachine('vm-0000', 'Provisioning'))
    cluster.put(RESOURCES.dataVolumes, {
      metadata: { name: 'disk', namespace: 'default' },
      status: { conditions: [{ type: 'Running', message: 'Unable to connect' }] },
    })
    await vi.waitUntil(() => JSON.stringify(client.frames).includes('Unable to connect'))

    cluster.put(RESOURCES.virtualMachines, virtualMachine('vm-0000', 'ErrImagePull'))
    cluster.put(RESOURCES.pods, {
      metadata: {
        name: 'virt-launcher-vm-0000-abcde',
        namespace: 'default',
        ownerReferences: [
          {
            apiVersion: 'v1',
            kind: 'VirtualMachineInstance',
            name: 'vm-0000',
            uid: 'u',
            controller: true,
          },
        ],
      },
      status: { containerStatuses: [{ state: { waiting: { message: 'no such image' } } }] },
    })
    await vi.waitUntil(() => JSON.stringify(client.frames).includes('no such image'))

    cluster.put(RESOURCES.virtualMachineInstances, instance('vm-0000', '10.0.0.5'))
    cluster.put(RESOURCES.virtualMachines, virtualMachine('vm-0000', 'Running'))
    await vi.waitUntil(() => JSON.stringify(client.frames.at(-1)).includes('Running'))
    expect(client.frames.at(-1)).toEqual({
      type: 'delta',
      id: 1,
      rows: [
        expect.objectContaining({
          status: 'Running',
          node: 'node01',
          ipAddresses: ['10.0.0.5'],
          macAddresses: [],
        }),
      ],
    })
  })

  it('sends nothing for what is not on the page', async () => {
    const { server, cluster } = await withVirtualMachines(100)
    const client = await LiveClient.open(server)
    client.subscribe(virtualMachines({ limit: 5 }))
    await client.frame(1)
    for (let index = 50; index < 100; index += 1) {
      cluster.put(RESOURCES.virtualMachines, virtualMachine(nameAt(index), 'Running'))
    }
    // Heartbeats of what is on the page change nothing that one sees, either.
    cluster.put(RESOURCES.virtualMachines, virtualMachine('vm-0001'))
    cluster.put(RESOURCES.virtualMachines, virtualMachine('vm-0002', 'Running'))
    expect(await client.frame(2)).toMatchObject({ type: 'delta', rows: [{ name: 'vm-0002' }] })
    expect(client.frames).toHaveLength(2)
  })

  it('knows the storage class of a disk, and counts who has which', async () => {
    const { server, cluster } = await withVirtualMachines(2)
    const client = await LiveClient.open(server)
    client.subscribe({
      kind: 'virtualMachineFacets',
      facet: 'storageClass',
      offset: 0,
      limit: 10,
    })
    expect(await client.frame(1)).toMatchObject({ type: 'page', total: 0 })
    const disk = { metadata: { name: 'disk', namespace: 'default' } }
    cluster.put(RESOURCES.persistentVolumeClaims, {
      ...disk,
      spec: { storageClassName: 'fast' },
    })
    // Counts come at most once a second.
    await vi.waitUntil(() => JSON.stringify(client.frames.at(-1)).includes('"count":2'), {
      timeout: 5_000,
    })
    expect(client.frames.at(-1)).toMatchObject({ rows: [{ key: 'fast', count: 2 }] })
    client.subscribe(virtualMachines({ filters: { storageClass: ['fast'] } }), 2)
    await vi.waitUntil(() => client.frames.some(({ id }) => id === 2))
    expect(client.frames.find(({ id }) => id === 2)).toMatchObject({
      total: 2,
      rows: [{ storageClasses: ['fast'] }, {}],
    })
  })

  it('replaces a query under the same id, and forgets it when told', async () => {
    const { server, cluster } = await withVirtualMachines(3)
    const client = await LiveClient.open(server)
    client.subscribe(virtualMachines())
    await client.frame(1)
    client.subscribe(virtualMachines({ search: '0002' }))
    expect(await client.frame(2)).toMatchObject({ type: 'page', total: 1 })
    cluster.put(RESOURCES.virtualMachines, virtualMachine('vm-0000', 'Running'))
    client.send({ type: 'unsubscribe', id: 1 })
    cluster.put(RESOURCES.virtualMachines, virtualMachine('vm-0002', 'Running'))
    client.subscribe(virtualMachines({ filters: { status: ['Running'] } }), 2)
    await vi.waitUntil(() => client.frames.some(({ id }) => id === 2))
    expect(client.frames.filter(({ id }) => id === 1)).toHaveLength(2)
  })

  it('watches once for any number of readers', async () => {
    const { server, cluster } = await withVirtualMachines(3)
    const client = await LiveClient.open(server)
    for (let id = 1; id <= 20; id += 1)
      client.subscribe(virtualMachines({ offset: id % 3 }), id)
    await client.frame(20)
    client.subscribe(virtualMachines({ namespace: 'default' }), 21)
    await client.frame(21)
    const lists = cluster.requests.filter(({ url }) => /virtualmachines\?limit/.test(url))
    expect(lists).toHaveLength(1)
  })

  it('says that it is stale while the cluster is away, then goes on', async () => {
    const { server, cluster } = await withVirtualMachines(2)
    const client = await LiveClient.open(server)
    client.subscribe(virtualMachines())
    await client.frame(1)
    await cluster.stop()
    expect(await client.frame(2)).toMatchObject({
      type: 'error',
      retrying: true,
      error: { reason: 'ClusterUnreachable' },
    })
    cluster.put(RESOURCES.virtualMachines, virtualMachine('vm-0000', 'Running'))
    await cluster.start()
    expect(await client.frame(3)).toMatchObject({ type: 'page', total: 2 })
  })
})

describe('whoever may not list', () => {
  it('everything, gets the namespaces that they may', async () => {
    const { server, cluster } = await withVirtualMachines(2)
    cluster.put(RESOURCES.virtualMachines, virtualMachine('mine', 'Running', 'development'))
    cluster.allow = (user, { namespace }) => user === 'owner' || namespace === 'development'
    const client = await LiveClient.open(server)
    client.subscribe(virtualMachines())
    expect(await client.frame(1)).toMatchObject({ total: 1, rows: [{ name: 'mine' }] })
    cluster.put(RESOURCES.virtualMachines, virtualMachine('mine', 'Stopped', 'development'))
    expect(await client.frame(2)).toMatchObject({ rows: [{ name: 'mine', status: 'Stopped' }] })
  })

  it('anything, is told so in the words of the cluster', async () => {
    const { server, cluster } = await withVirtualMachines(2)
    cluster.allow = (user) => user === 'owner'
    const client = await LiveClient.open(server)
    client.subscribe(virtualMachines({ namespace: 'default' }))
    expect(await client.frame(1)).toEqual({
      type: 'error',
      id: 1,
      retrying: false,
      error: {
        status: 403,
        reason: 'Forbidden',
        message:
          'virtualmachines.kubevirt.io is forbidden: User "jane" cannot list resource "virtualmachines" in API group "kubevirt.io" in the namespace "default"',
      },
    })
  })

  it('namespaces, gets those that they may get, as these change', async () => {
    const { server, cluster } = await build()
    const mine = new Set(['development'])
    cluster.allow = (user, { verb, name = '' }) =>
      user === 'owner' || (verb === 'get' && mine.has(name))
    vi.useFakeTimers({ toFake: ['setInterval', 'Date'], now: Date.now() })
    try {
      const client = await LiveClient.open(server)
      const { group, version, resource } = RESOURCES.namespaces
      const sort = { column: 'name', direction: 'ascending' } as const
      client.subscribe({ kind: 'objects', group, version, resource, sort, offset: 0, limit: 9 })
      expect(await client.frame(1)).toMatchObject({ total: 1, rows: [{ key: 'development' }] })
      mine.add('default')
      await vi.advanceTimersByTimeAsync(31_000)
      expect(await client.frame(2)).toMatchObject({ total: 2, rows: [{ key: 'default' }, {}] })
      mine.clear()
      await vi.advanceTimersByTimeAsync(31_000)
      expect(await client.frame(3)).toMatchObject({ retrying: false, error: { status: 403 } })
    } finally {
      vi.useRealTimers()
    }
  })

  it('VMIs and pods, sees VMs all the same', async () => {
    const { server, cluster } = await withVirtualMachines(2)
    cluster.allow = (_user, { resource }) => resource === 'virtualmachines'
    const client = await LiveClient.open(server)
    client.subscribe(virtualMachines())
    expect(await client.frame(1)).toMatchObject({ type: 'page', total: 2 })
  })

  it('never shares what another user may see', async () => {
    const { server, cluster } = await withVirtualMachines(2)
    cluster.allow = (user) => user === 'owner'
    const owner = await LiveClient.open(server, { code: CODE })
    owner.subscribe(virtualMachines())
    expect(await owner.frame(1)).toMatchObject({ total: 2 })
    const cookie = await signIn(server)
    const { port } = server.server.address() as { port: number }
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/live`, {
      headers: { cookie, origin: `http://127.0.0.1:${port}` },
    })
    const jane = new LiveClient(socket)
    await once(socket, 'open')
    jane.subscribe(virtualMachines())
    expect(await jane.frame(1)).toMatchObject({ type: 'error', error: { status: 403 } })
    socket.terminate()
  })
})

describe('other queries', () => {
  it('objects come without managedFields, also as one', async () => {
    const { server, cluster } = await withVirtualMachines(2)
    const client = await LiveClient.open(server)
    const { group, version, resource } = RESOURCES.virtualMachines
    client.subscribe({
      kind: 'objects',
      group,
      version,
      resource,
      sort: { column: 'created', direction: 'descending' },
      offset: 0,
      limit: 1,
    })
    const first = await client.frame(1)
    expect(first).toMatchObject({ type: 'page', total: 2, rows: [{ key: 'default/vm-0001' }] })
    expect(JSON.stringify(first)).not.toContain('managedFields')

    const one = {
      kind: 'object',
      group,
      version,
      resource,
      namespace: 'default',
      name: 'new',
    } as const
    client.subscribe(one, 2)
    expect(await client.frame(2)).toEqual({ type: 'object', id: 2, object: null })
    client.send({ type: 'unsubscribe', id: 1 })
    cluster.put(RESOURCES.virtualMachines, virtualMachine('new'))
    expect(await client.frame(3)).toMatchObject({
      object: { kind: 'VirtualMachine', metadata: { name: 'new' } },
    })
    cluster.remove(RESOURCES.virtualMachines, 'default/new')
    expect(await client.frame(4)).toEqual({ type: 'object', id: 2, object: null })
  })

  it('an unknown resource ends with the words of the cluster', async () => {
    const { server } = await build()
    const client = await LiveClient.open(server)
    client.subscribe({
      kind: 'object',
      group: 'no.example',
      version: 'v1',
      resource: 'nothings',
      name: 'a',
    })
    expect(await client.frame(1)).toMatchObject({
      retrying: false,
      error: { status: 404, message: 'the server could not find the requested resource' },
    })
  })

  it('events of a VM are those of everything that exists because of it, newest first', async () => {
    const { server, cluster } = await withVirtualMachines(1)
    let second = 10
    const event = (kind: string, name: string, count = 0) => {
      second += 1
      const metadata = { name: `${name}.${kind}`, namespace: 'default' }
      const lastTimestamp = `2026-01-01T00:00:${second}Z`
      const object = { metadata, involvedObject: { kind, name }, lastTimestamp, count }
      cluster.put(RESOURCES.events, object)
    }
    event('VirtualMachine', 'vm-0000')
    event('VirtualMachine', 'vm-00001')
    event('Pod', 'virt-launcher-vm-0000-abcde')
    event('Pod', 'virt-launcher-vm-0000-web-abcde')
    event('DataVolume', 'disk')
    event('DataVolume', 'disk-of-another')
    const client = await LiveClient.open(server)
    client.subscribe({
      kind: 'virtualMachineEvents',
      namespace: 'default',
      name: 'vm-0000',
      offset: 0,
      limit: 10,
    })
    await vi.waitUntil(() => JSON.stringify(client.frames).includes('disk.DataVolume'))
    const last = client.frames.at(-1)
    const keys =
      last?.type === 'delta'
        ? last.keys
        : last?.type === 'page'
          ? last.rows.map(({ key }) => key)
          : []
    expect(keys).toEqual([
      'default/disk.DataVolume',
      'default/virt-launcher-vm-0000-abcde.Pod',
      'default/vm-0000.VirtualMachine',
    ])
  })
})

describe('the socket', () => {
  it('closes with 4401 without a session', async () => {
    const { server } = await build()
    const address = await listen(server)
    const socket = new WebSocket(`${address.replace('http', 'ws')}/api/live`, {
      origin: address,
    })
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(4401)
  })

  it.each([[undefined], ['http://evil.example']])(
    'is refused to the Origin %s',
    async (origin) => {
      const { server } = await build()
      const cookie = await signIn(server)
      const address = await listen(server)
      const socket = new WebSocket(`${address.replace('http', 'ws')}/api/live`, {
        headers: { cookie, ...(origin && { origin }) },
      })
      const [error] = (await once(socket, 'error')) as [Error]
      expect(error.message).toContain('403')
    },
  )

  it.each(['no json', '{"type":"subscribe","id":1}', '{"type":"what","id":1}'])(
    'closes with 4400 at the frame %s',
    async (text) => {
      const { server } = await build()
      const client = await LiveClient.open(server)
      client.socket.send(text)
      await vi.waitUntil(() => client.closeCode !== undefined)
      expect(client.closeCode).toBe(4400)
    },
  )

  it('closes soon after signing out', async () => {
    const { server } = await build()
    vi.useFakeTimers({ toFake: ['setInterval'] })
    try {
      const cookie = await signIn(server)
      const address = await listen(server)
      const socket = new WebSocket(`${address.replace('http', 'ws')}/api/live`, {
        headers: { cookie, origin: address },
      })
      await once(socket, 'open')
      await server.inject({
        method: 'DELETE',
        url: '/api/session',
        headers: { cookie, origin: ORIGIN },
      })
      const closed = once(socket, 'close') as Promise<[number]>
      vi.advanceTimersByTime(60_000)
      expect((await closed)[0]).toBe(4401)
    } finally {
      vi.useRealTimers()
    }
  })
})
