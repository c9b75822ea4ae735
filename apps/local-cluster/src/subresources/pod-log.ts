import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { pipeline } from 'node:stream/promises'
import { isStatus, statusErrors, type StatusCause } from '@virtdeck/kubernetes'
import { callNodeAgent, readBody } from './node-agent.ts'
import { containerOf, containerStatusOf, podOf, PODS } from './pod-containers.ts'
import type { SubresourceHandler } from './subresource.ts'

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
    const { namespace, name, url } = request
    checkOptions(name, url.searchParams)
    const pod = podOf(request)
    const container = containerOf(pod, url.searchParams.get('container'))
    const nodeName = pod.spec?.nodeName
    // Not scheduled yet: a kube-apiserver has nothing to say then.
    if (!nodeName) return { status: 200, body: '' }
    if (url.searchParams.get('previous') === 'true') refuseFirst(pod, container)
    refuseWaiting(pod, container)
    const path = `/containerLogs/${namespace}/${name}/${container}${url.search}`
    const answer = await callNodeAgent(request, { nodeName, method: 'GET', path })
    if (answer.statusCode !== 200) throw refusalOf(answer.statusCode, await readBody(answer))
    raw.writeHead(200, { 'Content-Type': 'text/plain' })
    raw.flushHeaders()
    // A follower that goes away ends the stream: that is no error.
    await pipeline(answer, raw, { signal: request.signal }).catch(() => raw.destroy())
    return undefined
  },
}

/** A node agent answers with a Status; its words are the kubelet's. */
function refusalOf(code = 500, body: Buffer) {
  const text = body.toString().trim()
  try {
    const status: unknown = JSON.parse(text)
    if (isStatus(status)) {
      const { reason = '', message = '', details } = status
      return statusErrors.other(code, reason, message, details)
    }
  } catch {
    // Plain text.
  }
  return statusErrors.other(code, 'BadRequest', text)
}

const NUMBERS: Record<string, { least: number; message: string }> = {
  tailLines: { least: 0, message: 'must be greater than or equal to 0' },
  sinceSeconds: { least: 1, message: 'must be greater than 0' },
  limitBytes: { least: 1, message: 'must be greater than 0' },
}

function checkOptions(name: string, query: URLSearchParams): void {
  const causes: StatusCause[] = Object.entries(NUMBERS).flatMap(([field, rule]) => {
    const value = query.get(field)
    if (value === null || value === '' || Number(value) >= rule.least) return []
    const message = `Invalid value: ${value}: ${rule.message}`
    return [{ reason: 'FieldValueInvalid', message, field }]
  })
  if (query.get('sinceSeconds') && query.get('sinceTime')) {
    const message = 'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified'
    causes.push({ reason: 'FieldValueForbidden', message, field: '' })
  }
  if (causes.length > 0) {
    throw statusErrors.invalid({ group: '', kind: 'PodLogOptions' }, name, causes)
  }
}

function refuseFirst(pod: Pod, container: string): void {
  if (containerStatusOf(pod, container)?.lastState?.terminated) return
  throw statusErrors.badRequest(
    `previous terminated container "${container}" in pod "${pod.metadata?.name}" not found`,
  )
}

function refuseWaiting(pod: Pod, container: string): void {
  const waiting = containerStatusOf(pod, container)?.state?.waiting
  if (!waiting) return
  const reason =
    waiting.reason === 'ErrImagePull' || waiting.reason === 'ImagePullBackOff'
      ? 'trying and failing to pull image'
      : (waiting.reason ?? 'ContainerCreating')
  throw statusErrors.badRequest(
    `container "${container}" in pod "${pod.metadata?.name}" is waiting to start: ${reason}`,
  )
}
