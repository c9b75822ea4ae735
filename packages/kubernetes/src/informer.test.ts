import { describe, expect, it, vi } from 'vitest'
import { KubernetesClient } from './client.ts'
import { Informer } from './informer.ts'
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
  | { status: number }
  | 'unreachable'
  | 'open'

/** A server that plays a script of answers and then holds the last watch open. */
function scripted(answers: Answer[]): { transport: Transport; requests: TransportRequest[] } {
  const requests: TransportRequest[] = []
  const transport: Transport = async (request) => {
    requests.push(request)
    const answer = answers.shift() ?? 'open'
    if (answer === 'unreachable') throw new Error('connect ECONNREFUSED')
    return {
      status: typeof answer === 'object' && 'status' in answer ? answer.status : 200,
      headers: {},
      text: async () => {
        if (typeof answer !== 'object' || !('list' in answer)) return ''
        const { list: items, ...metadata } = answer
        return JSON.stringify({ metadata, items })
      },
      async *chunks() {
        if (answer === 'open') {
          await new Promise((resolve) => request.signal?.addEventListener('abort', resolve))
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

function observe(answers: Answer[]) {
  const { transport, requests } = scripted(answers)
  const client = new KubernetesClient(transport)
  const informer = new Informer<KubernetesObject>({
    client,
    resource: RESOURCES.configMaps,
    delay: async () => undefined,
  })
  const seen: string[] = []
  informer.subscribe({
    onAdd: (object) => seen.push(`+${object.metadata?.name}`),
    onUpdate: (object) => seen.push(`~${object.metadata?.name}`),
    onDelete: (object) => seen.push(`-${object.metadata?.name}`),
  })
  informer.start()
  return { informer, requests, seen }
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
})
