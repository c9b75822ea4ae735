import { describe, expect, it, vi } from 'vitest'
import { KubernetesClient } from './client.ts'
import { Informer, type InformerOptions } from './informer.ts'
import type { KubernetesObject } from './object.ts'
import { RESOURCES } from './resources.ts'
import type { Transport, TransportRequest } from './transport.ts'

const configMap = (name: string, resourceVersion: string): KubernetesObject => ({
  metadata: { name, namespace: 'a', uid: name, resourceVersion },
})

/** What the server answers to the next list or watch. */
type Answer =
  | { list: KubernetesObject[]; resourceVersion: string; continue?: string }
  | { watch: { type: string; object: unknown }[] }
  | { text: string }
  | { status: number; headers?: Record<string, string> }
  | 'unreachable'
  | 'open'

const headersOf = (answer: Answer): Record<string, string> =>
  typeof answer === 'object' && 'status' in answer ? (answer.headers ?? {}) : {}

/** A server that plays a script of answers and then holds the last watch open. */
function scripted(answers: Answer[]): { transport: Transport; requests: TransportRequest[] } {
  const requests: TransportRequest[] = []
  const transport: Transport = async (request) => {
    requests.push(request)
    const answer = answers.shift() ?? 'open'
    if (answer === 'unreachable') throw new Error('connect ECONNREFUSED')
    return {
      status: typeof answer === 'object' && 'status' in answer ? answer.status : 200,
      headers: headersOf(answer),
      text: async () => {
        if (typeof answer !== 'object' || !('list' in answer)) return ''
        const { list: items, ...metadata } = answer
        return JSON.stringify({ metadata, items })
      },
      async *chunks() {
        if (answer === 'open') {
          await new Promise((_, reject) =>
            request.signal?.addEventListener('abort', () => reject(request.signal?.reason)),
          )
        } else if (typeof answer === 'object' && 'text' in answer) {
          yield answer.text
        } else if (typeof answer === 'object' && 'watch' in answer) {
          const text = answer.watch.map((event) => `${JSON.stringify(event)}\n`).join('')
          // Split in the middle of a line, as networks do.
          yield text.slice(0, 25)
          yield text.slice(25)
        }
      },
    }
  }
  return { transport, requests }
}

function observe(answers: Answer[], options: Partial<InformerOptions> = {}) {
  const { transport, requests } = scripted(answers)
  const client = new KubernetesClient(transport)
  const waits: number[] = []
  const informer = new Informer<KubernetesObject>({
    client,
    resource: RESOURCES.configMaps,
    delay: async (milliseconds) => void waits.push(milliseconds),
    ...options,
  })
  const seen: string[] = []
  informer.subscribe({
    onAdd: (object) => seen.push(`+${object.metadata?.name}`),
    onUpdate: (object) => seen.push(`~${object.metadata?.name}`),
    onDelete: (object) => seen.push(`-${object.metadata?.name}`),
  })
  informer.start()
  return { informer, requests, seen, waits }
}

const expired = {
  type: 'ERROR',
  object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' },
}

describe('Informer', () => {
  it('lists in pages, watches, and resumes from the last version it saw', async () => {
    const { informer, requests, seen } = observe([
      { list: [configMap('x', '1')], resourceVersion: '5', continue: 'next' },
      { list: [configMap('y', '2')], resourceVersion: '5' },
      {
        watch: [
          { type: 'ADDED', object: configMap('z', '6') },
          { type: 'MODIFIED', object: configMap('x', '7') },
          { type: 'DELETED', object: configMap('y', '8') },
          { type: 'BOOKMARK', object: { metadata: { resourceVersion: '11' } } },
        ],
      },
      'open',
    ])
    await vi.waitFor(() => expect(requests).toHaveLength(4))
    expect(seen).toEqual(['+x', '+y', '+z', '~x', '-y'])
    expect(requests[3]?.path).toContain('resourceVersion=11')
    expect([...informer.list()].map((object) => object.metadata?.name)).toEqual(['x', 'z'])
    informer.stop()
  })

  it('lists again after 410 and reports only the differences', async () => {
    const { informer, requests, seen } = observe([
      { list: [configMap('x', '1'), configMap('y', '2')], resourceVersion: '5' },
      { watch: [expired] },
      { list: [configMap('x', '1'), configMap('z', '9')], resourceVersion: '9' },
      'open',
    ])
    await vi.waitFor(() => expect(requests).toHaveLength(4))
    expect(seen).toEqual(['+x', '+y', '+z', '-y'])
    informer.stop()
  })

  it('keeps its content while the server is away and goes on when it is back', async () => {
    const { informer, requests, seen } = observe([
      { list: [configMap('x', '1')], resourceVersion: '5' },
      'unreachable',
      { status: 503 },
      { watch: [{ type: 'MODIFIED', object: configMap('x', '6') }] },
      'open',
    ])
    await vi.waitFor(() => expect(requests).toHaveLength(5))
    expect(seen).toEqual(['+x', '~x'])
    expect(requests[3]?.path).toContain('resourceVersion=5')
    informer.stop()
  })

  it('waits as long as the server wishes, with Status or without', async () => {
    const { informer, requests, waits } = observe([
      { status: 429, headers: { 'retry-after': '7' } },
      { status: 503, headers: { 'retry-after': '3600' } },
      { list: [], resourceVersion: '5' },
      'open',
    ])
    await vi.waitFor(() => expect(requests).toHaveLength(4))
    expect(waits).toEqual([7_000, 60_000])
    informer.stop()
  })

  it('lists at once after 410, but waits where that does not help', async () => {
    const list = { list: [], resourceVersion: '5' }
    const { informer, requests, waits } = observe([
      list,
      { watch: [expired] },
      list,
      { status: 410 },
      list,
      'open',
    ])
    await vi.waitFor(() => expect(requests).toHaveLength(6))
    expect(waits).toHaveLength(1)
    informer.stop()
  })

  it('asks for all in one answer when pages become too old while they are read', async () => {
    const { informer, requests, seen } = observe([
      { list: [configMap('x', '1')], resourceVersion: '5', continue: 'next' },
      { status: 410 },
      { list: [configMap('x', '1'), configMap('y', '9')], resourceVersion: '9' },
      'open',
    ])
    await vi.waitFor(() => expect(requests).toHaveLength(4))
    expect(requests[2]?.path).toContain('limit=0')
    expect(seen).toEqual(['+x', '+y'])
    informer.stop()
  })

  it('an object made anew while nobody watched was deleted and added', async () => {
    const anew = configMap('x', '8')
    anew.metadata = { ...anew.metadata, uid: 'another' }
    const { informer, requests, seen } = observe([
      { list: [configMap('x', '1')], resourceVersion: '5' },
      { watch: [expired] },
      { list: [anew], resourceVersion: '9' },
      'open',
    ])
    await vi.waitFor(() => expect(requests).toHaveLength(4))
    expect(seen).toEqual(['+x', '-x', '+x'])
    informer.stop()
  })

  it('takes a silent connection for dead and goes on over another', async () => {
    const { informer, requests, seen } = observe(
      [
        { list: [configMap('x', '1')], resourceVersion: '5' },
        'open',
        { watch: [{ type: 'MODIFIED', object: configMap('x', '6') }] },
      ],
      { silenceLimit: 50 },
    )
    const errors: unknown[] = []
    informer.subscribe({ onError: (error) => errors.push(error) })
    await vi.waitFor(() => expect(requests.length).toBeGreaterThanOrEqual(4))
    expect(seen).toEqual(['+x', '~x'])
    expect(requests[2]?.path).toContain('resourceVersion=5')
    expect(errors).toEqual([])
    informer.stop()
  })

  it('a cut or unreadable line is asked for again, and so is what an ERROR event ended', async () => {
    const { informer, requests, seen } = observe([
      { list: [configMap('x', '1')], resourceVersion: '5' },
      {
        watch: [
          { type: 'MODIFIED', object: configMap('x', '6') },
          { type: 'ERROR', object: { code: 500 } },
          { type: 'MODIFIED', object: configMap('x', '7') },
        ],
      },
      {
        text: `${JSON.stringify({ type: 'MODIFIED', object: configMap('x', '7') })}\n{"type":`,
      },
      { text: '{"type":\n' },
      { watch: [{ type: 'MODIFIED', object: configMap('x', '8') }] },
      'open',
    ])
    await vi.waitFor(() => expect(requests).toHaveLength(6))
    expect(seen).toEqual(['+x', '~x', '~x', '~x'])
    const versions = requests
      .slice(2)
      .map(({ path }) => /resourceVersion=(\d+)/.exec(path)?.[1])
    expect(versions).toEqual(['6', '7', '7', '8'])
    informer.stop()
  })

  it('one handler that throws takes nothing from the others', async () => {
    const { informer, requests, seen } = observe([
      'unreachable',
      { list: [configMap('x', '1')], resourceVersion: '5' },
      {
        watch: [
          { type: 'MODIFIED', object: configMap('x', '6') },
          { type: 'MODIFIED', object: configMap('x', '7') },
        ],
      },
      { watch: [{ type: 'MODIFIED', object: configMap('x', '7') }] },
      'open',
    ])
    const updates: (string | undefined)[] = []
    informer.subscribe({
      onUpdate: (object) => {
        updates.push(object.metadata?.resourceVersion)
        throw new Error('a bug')
      },
    })
    informer.subscribe({ onUpdate: (object) => seen.push(`${object.metadata?.name}`) })
    await vi.waitFor(() => expect(requests).toHaveLength(5))
    expect(updates).toEqual(['6', '7'])
    expect(seen).toEqual(['+x', '~x', 'x', '~x', 'x'])
    informer.stop()
  })

  it('delivers nothing after stop, not even what had arrived', async () => {
    const { informer, requests, seen } = observe([
      { list: [configMap('x', '1')], resourceVersion: '5' },
      {
        watch: [
          { type: 'MODIFIED', object: configMap('x', '6') },
          { type: 'MODIFIED', object: configMap('x', '7') },
        ],
      },
    ])
    informer.subscribe({ onUpdate: () => informer.stop() })
    await vi.waitFor(() => expect(requests).toHaveLength(2))
    await vi.waitFor(() => expect(seen).toEqual(['+x', '~x']))
    expect(informer.get('a/x')?.metadata?.resourceVersion).toBe('6')
  })
})
