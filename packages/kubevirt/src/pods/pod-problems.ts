import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { containersOf } from './containers-of.ts'

/** What people can be told more about than the cluster says. */
export type PodProblemCode =
  | 'imagePull'
  | 'imageName'
  | 'imageNeverPull'
  | 'crashLoop'
  | 'configuration'
  | 'outOfMemory'
  | 'unschedulable'
  | 'other'

export interface PodProblem {
  code: PodProblemCode
  /** The cluster's word, such as ErrImagePull. */
  reason: string
  /** The cluster's sentence, if it has one. */
  message: string | undefined
  /** Left out for problems of the whole pod. */
  container?: string
  image?: string
}

const CODES: Record<string, PodProblemCode> = {
  ErrImagePull: 'imagePull',
  ImagePullBackOff: 'imagePull',
  InvalidImageName: 'imageName',
  ErrImageNeverPull: 'imageNeverPull',
  CrashLoopBackOff: 'crashLoop',
  CreateContainerConfigError: 'configuration',
  CreateContainerError: 'configuration',
  RunContainerError: 'configuration',
  OOMKilled: 'outOfMemory',
}

/** Why a pod does not run, worst first: no node, then container by container. */
export function podProblemsOf(pod: Pod): PodProblem[] {
  const problems: PodProblem[] = []
  const scheduled = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled')
  if (scheduled?.status === 'False') {
    const reason = scheduled.reason ?? 'Unschedulable'
    problems.push({ code: 'unschedulable', reason, message: scheduled.message })
  }
  for (const { name, image, state, reason, message, exitCode } of containersOf(pod)) {
    if (reason === undefined) continue
    const code = CODES[reason]
    const failed = state === 'terminated' && exitCode !== 0
    if (code === undefined && !failed) continue
    problems.push({ code: code ?? 'other', reason, message, container: name, image })
  }
  return problems
}
