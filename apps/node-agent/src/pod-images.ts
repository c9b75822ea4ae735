import type {
  IoK8sApiCoreV1Container as Container,
  IoK8sApiCoreV1Pod as Pod,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { ImagePullError, pullContainerDisk } from './disks/container-disk.ts'
import type { ImageStore } from './disks/image-store.ts'
import type { EventRecorder } from './event-recorder.ts'
import { messageOf } from './log.ts'

/** Why a container waits. */
export interface Waiting {
  reason: string
  message?: string
}

export interface PodImagesOptions {
  store: ImageStore
  /** False: only make sure that the registry has them. */
  download: boolean
  events: Pick<EventRecorder, 'record'>
  /** A pull has ended. */
  onChange: (key: string) => void
  now?: () => number
}

interface Pull {
  state: 'pulling' | 'pulled' | 'failed'
  failures: number
  error: ImagePullError | undefined
  failedAt: number
}

const FIRST_BACKOFF_MS = 10_000
const LAST_BACKOFF_MS = 300_000
/** How long ErrImagePull is shown before it turns into ImagePullBackOff. */
const ERROR_SHOWN_MS = 2_000

/** Container disks are the images of the containers `volume<name>`; the others are built in. */
export const needsImage = ({ name }: Container): boolean => name.startsWith('volume')

/** Pulls the images of pods as a kubelet does: with back-off, and events that say why. */
export class PodImages {
  readonly #options: PodImagesOptions
  /** By the pod's UID, then by container. */
  readonly #pulls = new Map<string, Map<string, Pull>>()

  constructor(options: PodImagesOptions) {
    this.#options = options
  }

  forget(pod: Pod): void {
    this.#pulls.delete(pod.metadata?.uid ?? '')
  }

  /** Why the container waits for its image; undefined if it has it. Starts the pull if need be. */
  waiting(pod: Pod, container: Container): Waiting | undefined {
    if (!needsImage(container)) return undefined
    const uid = pod.metadata?.uid ?? ''
    const pulls = this.#pulls.get(uid) ?? new Map<string, Pull>()
    this.#pulls.set(uid, pulls)
    const now = (this.#options.now ?? Date.now)()
    const pull = pulls.get(container.name) ?? {
      state: 'failed',
      failures: 0,
      error: undefined,
      failedAt: 0,
    }
    pulls.set(container.name, pull)
    if (pull.state === 'pulled') return undefined
    if (pull.state === 'pulling' && pull.error === undefined) {
      return { reason: 'ContainerCreating' }
    }
    const isDue = pull.state === 'failed' && now - pull.failedAt >= backoffOf(pull.failures)
    if (isDue && pull.error?.reason !== 'InvalidImageName') {
      void this.#pull(pod, container, pull)
      if (pull.error === undefined) return { reason: 'ContainerCreating' }
    }
    return pull.error && describe(pull.error, container, now - pull.failedAt)
  }

  /** When `waiting` should be asked again; undefined: when a pull has ended. */
  retryAfterMs(pod: Pod): number | undefined {
    const now = (this.#options.now ?? Date.now)()
    const pulls = this.#pulls.get(pod.metadata?.uid ?? '')?.values() ?? []
    const due = [...pulls]
      .filter(({ state }) => state === 'failed')
      .map((pull) => {
        const since = now - pull.failedAt
        return since < ERROR_SHOWN_MS
          ? ERROR_SHOWN_MS - since
          : backoffOf(pull.failures) - since
      })
    return due.length === 0 ? undefined : Math.max(100, Math.min(...due))
  }

  async #pull(pod: Pod, container: Container, pull: Pull): Promise<void> {
    const { store, download, events, onChange, now = Date.now } = this.#options
    const { image = '', imagePullPolicy } = container
    pull.state = 'pulling'
    const startedAt = performance.now()
    events.record(pod, {
      type: 'Normal',
      reason: 'Pulling',
      message: `Pulling image "${image}"`,
    })
    try {
      const always = imagePullPolicy === 'Always' && pull.failures === 0
      await pullContainerDisk({ store, image, always, manifestOnly: !download })
      pull.state = 'pulled'
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(3)
      const message = `Successfully pulled image "${image}" in ${seconds}s`
      events.record(pod, { type: 'Normal', reason: 'Pulled', message })
    } catch (error) {
      const failure =
        error instanceof ImagePullError
          ? error
          : new ImagePullError('ErrImagePull', messageOf(error))
      pull.state = 'failed'
      pull.failures += 1
      pull.failedAt = now()
      pull.error = failure
      const message = `Failed to pull image "${image}": ${failure.message}`
      events.record(pod, { type: 'Warning', reason: 'Failed', message })
      events.record(pod, {
        type: 'Warning',
        reason: 'Failed',
        message: `Error: ${failure.reason}`,
      })
    }
    const { namespace = '', name = '' } = pod.metadata ?? {}
    onChange(`${namespace}/${name}`)
  }
}

function backoffOf(failures: number): number {
  if (failures === 0) return 0
  return Math.min(LAST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (failures - 1))
}

function describe(error: ImagePullError, { image }: Container, sinceMs: number): Waiting {
  const { reason, message } = error
  if (reason === 'InvalidImageName' || sinceMs < ERROR_SHOWN_MS) return { reason, message }
  return {
    reason: 'ImagePullBackOff',
    message: `Back-off pulling image "${image}": ErrImagePull: ${message}`,
  }
}
