import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
import { CREATED_BY_LABEL } from '../pods.ts'

const PODS = { group: '', resource: 'pods' }

/** The container that a request names. */
export interface ContainerRef {
  namespace: string
  pod: string
  container: string
}

export type FindPod = (key: string) => Pod | undefined

export function findPodOf(find: FindPod, { namespace, pod }: ContainerRef): Pod {
  const found = find(`${namespace}/${pod}`)
  if (found === undefined) throw statusErrors.notFound(PODS, pod)
  return found
}

/** Whether nothing will come out of the container any more. */
export function hasEnded(find: FindPod, ref: ContainerRef, uid: string | undefined): boolean {
  const found = find(`${ref.namespace}/${ref.pod}`)
  const { phase } = found?.status ?? {}
  return found?.metadata?.uid !== uid || phase === 'Succeeded' || phase === 'Failed'
}

/** Throws in a kubelet's words unless the container runs. */
export function requireRunning({ status }: Pod, container: string): void {
  const statuses = status?.containerStatuses ?? []
  const running = statuses.some(({ name, state }) => name === container && state?.running)
  if (!running) {
    const message = `unable to upgrade connection: container not found ("${container}")`
    throw statusErrors.badRequest(message)
  }
}

/** The VMI whose launcher the pod is. */
export const instanceUidOf = ({ metadata }: Pod): string | undefined =>
  metadata?.labels?.[CREATED_BY_LABEL]

/** What to expect of a container that is none: the whole of its log. */
export function explainPlainContainer({ spec }: Pod, container: string): string {
  const image = spec?.containers?.find(({ name }) => name === container)?.image ?? ''
  return `Virtdeck's local cluster runs virtual machines only: there is no process behind the container "${container}" of the image "${image}". Commands of "kubectl exec" run on the host of the node.`
}
