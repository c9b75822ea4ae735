import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { useOutletContext } from 'react-router'
import type { ExecSessions } from '../../consoles/exec/exec-sessions.ts'

/** What the page of a pod has, for its tabs. */
export interface PodContext {
  pod: Pod
  /** It was deleted while the page was open; `pod` is as it was last. */
  isGone: boolean
  terminals: ExecSessions
}

export const usePod = () => useOutletContext<PodContext>()
