import type { IoK8sApiCoreV1Event as Event } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { RESOURCES, type KubernetesClient, type KubernetesObject } from '@virtdeck/kubernetes'
import { failedWith } from './controller.ts'
import type { Logger } from './log.ts'
import { timestamp } from './timestamps.ts'

export interface EventInput {
  type?: 'Normal' | 'Warning'
  reason: string
  message: string
  /** Component that says it, such as `virtualmachine-controller`. */
  component: string
  /** Given for events in the newer form, as the scheduler writes them. */
  action?: string
}

/** Happenings of the same words about the same object remembered for counting. */
const REMEMBERED = 4_000

/**
 * Writes core/v1 Events. The same words about the same object are counted instead of repeated,
 * as client-go's recorder does. Nobody waits for an event and none stops a controller.
 */
export class EventRecorder {
  readonly #client: KubernetesClient
  readonly #log: Logger
  /** The last write of each event; the next one about the same follows it. */
  readonly #last = new Map<string, Promise<Event | undefined>>()
  #pending = 0

  constructor(client: KubernetesClient, log: Logger) {
    this.#client = client
    this.#log = log
  }

  record(about: KubernetesObject, input: EventInput): void {
    const key = JSON.stringify([
      about.metadata?.uid,
      input.component,
      input.type,
      input.reason,
      input.message,
    ])
    const previous = this.#last.get(key) ?? Promise.resolve(undefined)
    this.#last.delete(key)
    this.#last.set(key, this.#write(previous, about, input))
    const oldest = this.#last.size > REMEMBERED && this.#last.keys().next().value
    if (oldest) this.#last.delete(oldest)
  }

  /** Resolves when everything recorded so far is written or given up. */
  async flush(): Promise<void> {
    while (this.#pending > 0) await Promise.allSettled(this.#last.values())
  }

  async #write(
    previous: Promise<Event | undefined>,
    about: KubernetesObject,
    input: EventInput,
  ): Promise<Event | undefined> {
    this.#pending += 1
    try {
      const event = await previous
      if (event === undefined) {
        return await this.#client.create<Event>(RESOURCES.events, newEvent(about, input))
      }
      return await this.#countUp(event, about, input)
    } catch (error) {
      // A namespace that is being deleted takes no more events.
      if (!failedWith(error, 403) && !failedWith(error, 404)) {
        this.#log(`event ${input.reason}: ${error instanceof Error ? error.message : 'lost'}`)
      }
      return undefined
    } finally {
      this.#pending -= 1
    }
  }

  async #countUp(event: Event, about: KubernetesObject, input: EventInput): Promise<Event> {
    const now = new Date()
    const { name, namespace } = event.metadata
    const again =
      input.action === undefined
        ? { count: (event.count ?? 1) + 1, lastTimestamp: timestamp(now) }
        : { series: { count: (event.series?.count ?? 1) + 1, lastObservedTime: micro(now) } }
    try {
      return await this.#client.patch<Event>(RESOURCES.events, { name, namespace }, again)
    } catch (error) {
      if (!failedWith(error, 404)) throw error
      return this.#client.create<Event>(RESOURCES.events, newEvent(about, input))
    }
  }
}

let serial = 0

function newEvent(about: KubernetesObject, input: EventInput): Event {
  const { name = '', namespace, uid, resourceVersion } = about.metadata ?? {}
  const now = new Date()
  const eventNamespace = namespace ?? 'default'
  // Like client-go: the object's name and the time in nanoseconds, in hex.
  serial = (serial + 1) % 1_000_000
  const nanoseconds = BigInt(now.getTime()) * 1_000_000n + BigInt(serial)
  const time =
    input.action === undefined
      ? { firstTimestamp: timestamp(now), lastTimestamp: timestamp(now), count: 1 }
      : { eventTime: micro(now), action: input.action }
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${nanoseconds.toString(16)}`, namespace: eventNamespace },
    involvedObject: {
      ...(about.kind && { kind: about.kind }),
      ...(about.apiVersion && { apiVersion: about.apiVersion }),
      ...(namespace && { namespace }),
      name,
      ...(uid && { uid }),
      ...(resourceVersion && { resourceVersion }),
    },
    type: input.type ?? 'Normal',
    reason: input.reason,
    message: input.message.slice(0, 1024),
    source: input.action === undefined ? { component: input.component } : {},
    reportingComponent: input.component,
    ...(input.action !== undefined && { reportingInstance: `${input.component}-local` }),
    ...time,
  }
}

const micro = (date: Date): string => date.toISOString().replace(/Z$/, '000Z')
