import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
import type { SubresourceRequest } from './subresource.ts'

export const PODS = { group: '', resource: 'pods' }

export function podOf({ services, namespace, name }: SubresourceRequest): Pod {
  const pod = services.objects.find({ ...PODS, namespace, name })
  if (!pod) throw statusErrors.notFound(PODS, name)
  return pod as Pod
}

/** The container that a request means; pods with several want it named. */
export function containerOf({ metadata, spec }: Pod, asked: string | null): string {
  const names = (spec?.containers ?? []).map(({ name }) => name)
  const initNames = (spec?.initContainers ?? []).map(({ name }) => name)
  if (asked === null || asked === '') {
    if (names.length === 1 && names[0]) return names[0]
    const init =
      initNames.length > 0 ? ` or one of the init containers: [${initNames.join(' ')}]` : ''
    throw statusErrors.badRequest(
      `a container name must be specified for pod ${metadata?.name}, choose one of: [${names.join(' ')}]${init}`,
    )
  }
  if (![...names, ...initNames].includes(asked)) {
    throw statusErrors.badRequest(`container ${asked} is not valid for pod ${metadata?.name}`)
  }
  return asked
}

/** What the pod tells about one of its containers; undefined before its node has said anything. */
export function containerStatusOf({ status }: Pod, container: string) {
  const all = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])]
  return all.find(({ name }) => name === container)
}
