import type { IoK8sApiCoreV1Event as Event } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import { FakeApiServer } from '@virtdeck/test-kit'
import { expect, test } from 'vitest'
import { EventRecorder } from './event-recorder.ts'

const ABOUT: KubernetesObject = {
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { namespace: 'n', name: 'a', uid: 'one', resourceVersion: '7' },
}

function recorder() {
  const server = new FakeApiServer()
  const log: string[] = []
  const events = new EventRecorder(server.client, (line) => log.push(line))
  return { server, log, events, written: () => server.list<Event>(RESOURCES.events) }
}

test('counts the same words about the same object', async () => {
  const { events, written } = recorder()
  for (let times = 0; times < 3; times++) {
    events.record(ABOUT, { reason: 'Same', message: 'again', component: 'test' })
  }
  events.record(ABOUT, { reason: 'Same', message: 'something else', component: 'test' })
  await events.flush()
  expect(written().map(({ message, count }) => ({ message, count }))).toEqual([
    { message: 'again', count: 3 },
    { message: 'something else', count: 1 },
  ])
  expect(written()[0]).toMatchObject({
    type: 'Normal',
    source: { component: 'test' },
    involvedObject: { kind: 'VirtualMachine', name: 'a', namespace: 'n', uid: 'one' },
  })
})

test("writes the scheduler's events in the newer form", async () => {
  const { events, written } = recorder()
  const input = { reason: 'Scheduled', message: 'm', component: 'scheduler', action: 'Binding' }
  events.record(ABOUT, input)
  await events.flush()
  expect(written()[0]).toMatchObject({ action: 'Binding', reportingComponent: 'scheduler' })
  expect(written()[0]?.eventTime).toMatch(/\.\d{6}Z$/)
  expect(written()[0]?.count).toBeUndefined()
})

test('gives up without harm when the API server is away', async () => {
  const { server, events, log } = recorder()
  server.goDown()
  events.record(ABOUT, { reason: 'Lost', message: 'm', component: 'test' })
  await events.flush()
  expect(log).toHaveLength(1)
})
