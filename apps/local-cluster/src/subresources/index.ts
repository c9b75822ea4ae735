import { consoles } from './consoles.ts'
import { expandSpec } from './expand-spec.ts'
import { guestAgent } from './guest-agent.ts'
import { kubevirtVersion } from './kubevirt-version.ts'
import { metrics } from './metrics/index.ts'
import { namespaceFinalize } from './namespace-finalize.ts'
import { podLog } from './pod-log.ts'
import { podBinding } from './pod-binding.ts'
import { podEviction } from './pod-eviction.ts'
import { podProxy } from './pod-proxy.ts'
import { podStreams } from './pod-streams.ts'
import { processedTemplates } from './processed-templates.ts'
import { serviceProxy } from './service-proxy.ts'
import { serviceAccountToken } from './service-account-token.ts'
import type { SubresourceHandler } from './subresource.ts'
import { virtualMachineInstanceActions } from './virtual-machine-instance-actions.ts'
import { virtualMachineLifecycle } from './virtual-machine-lifecycle.ts'
import { volumes } from './volumes.ts'

/** Every subresource besides `/status`, which the verbs of each kind answer themselves. */
export const SUBRESOURCES: SubresourceHandler[] = [
  namespaceFinalize,
  podBinding,
  podEviction,
  podLog,
  podProxy,
  ...podStreams,
  processedTemplates,
  serviceAccountToken,
  serviceProxy,
  ...expandSpec,
  ...consoles,
  ...virtualMachineInstanceActions,
  ...virtualMachineLifecycle,
  ...volumes,
  ...guestAgent,
  ...kubevirtVersion,
  ...metrics,
]
