import { randomBytes } from 'node:crypto'
import type { IoK8sApiCoreV1Event as Event } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { RESOURCES, type KubernetesClient, type KubernetesObject } from '@virtdeck/kubernetes'

export interface RecordedEvent {
  type: 'Normal' | 'Warning'
  reason: string
  message: string
}

/** Writes the Events of one component; a failure to do so is no failure of what they tell. */
export class EventRecorder {
  readonly #client: KubernetesClient
  readonly #source: { component: string; host: string }
  readonly #onError: (error: unknown) => void

  constructor(
    client: KubernetesClient,
    source: { component: string; host: string },
    onError: (error: unknown) => void,
  ) {
    this.#client = client
    this.#source = source
    this.#onError = onError
  }

  record(object: KubernetesObject, { type, reason, message }: RecordedEvent): void {
    const {
      namespace = 'default',
      name = '',
      uid = '',
      resourceVersion,
    } = object.metadata ?? {}
    const now = timestamp()
    const event: Event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { namespace, name: `${name}.${randomBytes(8).toString('hex')}` },
      involvedObject: {
        ...(object.apiVersion && { apiVersion: object.apiVersion }),
        ...(object.kind && { kind: object.kind }),
        ...(resourceVersion && { resourceVersion }),
        namespace,
        name,
        uid,
      },
      type,
      reason,
      message,
      count: 1,
      firstTimestamp: now,
      lastTimestamp: now,
      source: this.#source,
      reportingComponent: this.#source.component,
      reportingInstance: this.#source.host,
    }
    this.#client.create(RESOURCES.events, event).catch(this.#onError)
  }
}

/** Now, as Kubernetes writes times: whole seconds. */
export function timestamp(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z')
}
