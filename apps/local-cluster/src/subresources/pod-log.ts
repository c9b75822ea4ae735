import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { pipeline } from 'node:stream/promises'
import { statusErrors } from '@virtdeck/kubernetes'
import { callNodeAgent, readBody } from './node-agent.ts'
import type { SubresourceHandler, SubresourceRequest } from './subresource.ts'

const PODS = { group: '', resource: 'pods' }

export function podOf({ services, namespace, name }: SubresourceRequest): Pod {
  const pod = services.objects.find({ ...PODS, namespace, name })
  if (!pod) throw statusErrors.notFound(PODS, name)
  return pod as Pod
}

/** `kubectl logs`: streamed from the agent of the pod's node. */
export const podLog: SubresourceHandler = {
  ...PODS,
  versions: ['v1'],
  subresource: 'log',
  scope: 'object',
  namespaced: true,
  methods: ['GET'],
  discovery: { kind: 'Pod', verbs: ['get'] },
  handle: async (request, raw) => {
    const pod = podOf(request)
    const container = containerOf(pod, request.url.searchParams.get('container'))
    const nodeName = pod.spec?.nodeName
    // Not scheduled yet: a kube-apiserver has nothing to say then.
    if (!nodeName) return { status: 200, body: '' }
    refuseWaiting(pod, container)
    const { namespace, name, url } = request
    const path = `/containerLogs/${namespace}/${name}/${container}${url.search}`
    const answer = await callNodeAgent(request, { nodeName, method: 'GET', path })
    if (answer.statusCode !== 200) {
      const text = (await readBody(answer)).toString().trim()
      throw statusErrors.other(answer.statusCode ?? 500, 'BadRequest', text)
    }
    raw.writeHead(200, { 'Content-Type': 'text/plain' })
    raw.flushHeaders()
    // A follower that goes away ends the stream: that is no error.
    await pipeline(answer, raw, { signal: request.signal }).catch(() => raw.destroy())
    return undefined
  },
}

function containerOf({ metadata, spec }: Pod, asked: string | null): string {
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

function refuseWaiting({ metadata, status }: Pod, container: string): void {
  const all = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])]
  const waiting = all.find(({ name }) => name === container)?.state?.waiting
  if (!waiting) return
  const reason =
    waiting.reason === 'ErrImagePull' || waiting.reason === 'ImagePullBackOff'
      ? 'trying and failing to pull image'
      : (waiting.reason ?? 'ContainerCreating')
  throw statusErrors.badRequest(
    `container "${container}" in pod "${metadata?.name}" is waiting to start: ${reason}`,
  )
}
