import { KubernetesClient } from '@virtdeck/kubernetes'
import { createTransport } from '@virtdeck/kubernetes/node'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { startTestCluster, type TestCluster } from '../conformance/test-cluster.ts'
import { clientNodeInformer, ownInformer, type RecordedInformer } from './clients.ts'
import { DisturbingProxy, type Disturbance } from './disturbing-proxy.ts'
import { problemsOf, Writers } from './history.ts'

const OBJECTS = 12
const WRITES = 8
const DISTURBANCES = 18
const SILENCE_LIMIT = 150

let cluster: TestCluster

beforeAll(async () => {
  cluster = await startTestCluster()
})
afterAll(() => cluster.close())

const KINDS = {
  'our informer': ownInformer,
  "client-node's informer": clientNodeInformer,
}

/** The next of some disturbances for each watch, so many in all. */
const inTurn = (disturbances: Disturbance[], times: number) => {
  let count = 0
  return ({ watch }: { watch: boolean }): Disturbance | undefined => {
    if (!watch || count === times) return undefined
    count += 1
    return disturbances[count % disturbances.length]
  }
}

const after = [0, 1, 400, 1_000, 2_777, 9_999]
const cuts = after.map((bytes): Disturbance => ({ kind: 'cut', after: bytes }))
const ends = after.map((bytes): Disturbance => ({ kind: 'end', after: bytes }))
const silences = after.map((bytes): Disturbance => ({ kind: 'silence', after: bytes }))
const refusals = [429, 500, 503].map((code): Disturbance => ({
  kind: 'status',
  code,
  retryAfter: 0,
}))
const expired: Disturbance[] = [{ kind: 'expired' }, { kind: 'status', code: 410 }]

interface Row {
  title: string
  disturbances: Disturbance[]
  /** No version is too old in between. */
  lossless: boolean
  times?: number
}

const TABLE: Row[] = [
  { title: 'nothing', disturbances: [], lossless: true, times: 0 },
  { title: 'connections that break in a line', disturbances: cuts, lossless: true },
  { title: 'answers that end in a line', disturbances: ends, lossless: true },
  { title: 'connections that fall silent', disturbances: silences, lossless: true },
  { title: 'a slow connection', disturbances: [{ kind: 'slow' }], lossless: true, times: 1 },
  { title: 'refusals', disturbances: [...refusals, ...cuts], lossless: true },
  { title: 'versions that are too old', disturbances: [...expired, ...cuts], lossless: false },
  {
    title: 'all of it',
    disturbances: [...cuts, ...expired, ...ends, ...refusals, ...silences],
    lossless: false,
  },
]

describe.each(Object.entries(KINDS))('%s', (_, startInformer) => {
  test.each(TABLE)(
    'is told of all writes in their order through $title',
    async ({ title, disturbances, lossless, times = DISTURBANCES }) => {
      const label = title.replaceAll(' ', '-') + String(Math.random()).slice(2)
      const { caCertificate, tokenOf } = cluster.cluster
      const token = tokenOf('admin')
      const upstream = (): { url: string; ca: string } => {
        const { url } = cluster.cluster
        return { url, ca: caCertificate }
      }
      const proxy = new DisturbingProxy(upstream)
      onTestFinished(() => proxy.close())
      proxy.disturb = inTurn(disturbances, times)
      const server = await proxy.listen()
      const informer: RecordedInformer = startInformer({
        server,
        token,
        label,
        silenceLimit: SILENCE_LIMIT,
      })
      onTestFinished(() => informer.stop())
      const direct = createTransport({
        server: cluster.cluster.url,
        certificateAuthority: caCertificate,
        token,
      })
      const writers = new Writers(new KubernetesClient(direct), label)
      await informer.synced
      do await writers.run(OBJECTS, WRITES)
      while (proxy.disturbed < times)
      await expect
        .poll(() => informer.recorder.present, { timeout: 10_000 })
        .toEqual(writers.present)
      const rule = lossless ? 'everything' : 'differences'
      const problems = [...writers.histories].flatMap(([name, history]) =>
        problemsOf(history, informer.recorder.byName.get(name) ?? [], rule),
      )
      expect(problems).toEqual([])
    },
  )
})
