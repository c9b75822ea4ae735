import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ImageStore } from './disks/image-store.ts'
import type { RecordedEvent } from './event-recorder.ts'
import { PodImages } from './pod-images.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pod-images-'))
})
afterEach(() => rm(directory, { recursive: true }))

function podWith(image: string): Pod {
  return {
    metadata: { name: 'launcher', namespace: 'default', uid: 'p-1' },
    spec: {
      containers: [
        { name: 'compute', image: 'virt-launcher' },
        { name: 'volumeroot', image },
      ],
    },
  }
}

test('an image that cannot be pulled waits as with a kubelet', async () => {
  let now = 1_000_000
  const events: RecordedEvent[] = []
  let changes = 0
  const images = new PodImages({
    store: new ImageStore(directory),
    download: true,
    events: { record: (_object, event) => events.push(event) },
    onChange: () => (changes += 1),
    now: () => now,
  })
  const image = '127.0.0.1:1/demo:v1'
  const pod = podWith(image)
  const [compute, volume] = pod.spec!.containers
  expect(images.waiting(pod, compute!)).toBeUndefined()
  expect(images.waiting(pod, volume!)).toEqual({ reason: 'ContainerCreating' })
  expect(images.retryAfterMs(pod)).toBeUndefined()
  await vi.waitFor(() => expect(changes).toBe(1))
  const message = expect.stringMatching(
    /^failed to pull and unpack image "127\.0\.0\.1:1\/demo:v1": .*connection refused$/,
  ) as string
  expect(images.waiting(pod, volume!)).toEqual({ reason: 'ErrImagePull', message })
  expect(images.retryAfterMs(pod)).toBe(2_000)
  now += 2_000
  expect(images.waiting(pod, volume!)).toEqual({
    reason: 'ImagePullBackOff',
    message: expect.stringContaining(
      `Back-off pulling image "${image}": ErrImagePull: failed to pull`,
    ) as string,
  })
  expect(images.retryAfterMs(pod)).toBe(8_000)
  now += 8_000
  images.waiting(pod, volume!)
  await vi.waitFor(() => expect(changes).toBe(2))
  expect(events.map(({ reason }) => reason)).toEqual(
    'Pulling Failed Failed Pulling Failed Failed'.split(' '),
  )
  now += 2_000
  expect(images.retryAfterMs(pod)).toBe(18_000)
})

test('an image of the node’s own store is there at once', async () => {
  let changes = 0
  const images = new PodImages({
    store: new ImageStore(directory),
    download: false,
    events: { record: () => undefined },
    onChange: () => (changes += 1),
  })
  const pod = podWith('localhost/virtdeck/tiny-linux:latest')
  const volume = pod.spec!.containers[1]!
  images.waiting(pod, volume)
  await vi.waitFor(() => expect(changes).toBe(1))
  expect(images.waiting(pod, volume)).toBeUndefined()
})
