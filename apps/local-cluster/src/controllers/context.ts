import type { KubernetesClient } from '@virtdeck/kubernetes'
import type { EventRecorder } from './event-recorder.ts'
import type { SharedInformers } from './informers.ts'
import type { Logger } from './log.ts'

/** What every controller gets. */
export interface ControllerContext {
  client: KubernetesClient
  informers: SharedInformers
  events: EventRecorder
  log: Logger
  now: () => Date
  /** Where volumes' files are. */
  volumesDirectory: string
  /** PEM of the certificate authority by which pods know the API server. */
  certificateAuthority: string
}
