import { KubernetesClient } from '@virtdeck/kubernetes'
import { createTransport } from '@virtdeck/kubernetes/node'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { clientNodeInformer, ownInformer } from './clients.ts'
import { problemsOf, Writers } from './history.ts'
import { ServerProcess } from '../testing/server-process.ts'

const RESTARTS = 2

const server = new ServerProcess()

beforeAll(() => server.start())
afterAll(() => server.dispose())

/*
 * A server that has just started has forgotten its recent changes, so informers list again: they
 * may leave out what was overwritten meanwhile, but must not miss a deletion or step back.
 */
test.each(['SIGKILL', 'SIGTERM'] as const)(
  'informers come through %s of the API server while objects are written',
  async (signal) => {
    const { url, ca, token } = server
    const label = signal.toLowerCase()
    const start = { server: url, ca, token, label, silenceLimit: 30_000 }
    const informers = [ownInformer(start), clientNodeInformer(start)]
    onTestFinished(() => {
      for (const informer of informers) informer.stop()
    })
    await Promise.all(informers.map(({ synced }) => synced))
    const direct = createTransport({ server: url, certificateAuthority: ca, token })
    const writers = new Writers(new KubernetesClient(direct), label)
    for (let restart = 0; restart < RESTARTS; restart += 1) {
      const writing = writers.run(20, 20)
      await expect
        .poll(() => [...writers.histories.values()].flat().length, {
          interval: 5,
          timeout: 20_000,
        })
        .toBeGreaterThan(200 + restart * 400)
      await server.end(signal)
      await server.start()
      await writing
    }
    for (const { recorder } of informers) {
      await expect.poll(() => recorder.present, { timeout: 20_000 }).toEqual(writers.present)
      const problems = [...writers.histories].flatMap(([name, history]) =>
        problemsOf(history, recorder.byName.get(name) ?? [], 'differences'),
      )
      expect(problems).toEqual([])
    }
  },
)
