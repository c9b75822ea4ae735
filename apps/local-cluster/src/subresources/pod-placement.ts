import type {
  IoK8sApiCoreV1Binding as Binding,
  IoK8sApiCoreV1Pod as Pod,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { V1VirtualMachineInstance as VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { statusErrors } from '@virtdeck/kubernetes'
import { podOf } from './pod-containers.ts'
import type { SubresourceHandler, SubresourceRequest } from './subresource.ts'

const POD = { group: '', versions: ['v1'], resource: 'pods', scope: 'object' } as const

const CREATED = {
  status: 201,
  body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 },
}

/** How a scheduler puts a pod on a node. */
export const podBinding: SubresourceHandler = {
  ...POD,
  versions: [...POD.versions],
  subresource: 'binding',
  namespaced: true,
  methods: ['POST'],
  discovery: { kind: 'Binding', verbs: ['create'] },
  handle: async (request) => {
    const { target } = ((await request.body()) ?? {}) as Partial<Binding>
    const nodeName = target?.name
    if (!nodeName) {
      throw statusErrors.invalid({ group: '', kind: 'Binding' }, request.name, [
        { reason: 'FieldValueRequired', message: 'Required value', field: 'target.name' },
      ])
    }
    await changePod(request, (pod) => bind(request, pod, nodeName))
    return CREATED
  },
}

function bind(request: SubresourceRequest, pod: Pod, nodeName: string): void {
  const { name } = request
  const conflict = (message: string) =>
    statusErrors.conflict({ group: '', resource: 'pods/binding' }, name, message)
  if (pod.metadata?.deletionTimestamp) {
    throw conflict(`pod ${name} is being deleted, cannot be assigned to a host`)
  }
  if (pod.spec?.nodeName) {
    throw conflict(`pod ${name} is already assigned to node "${pod.spec.nodeName}"`)
  }
  pod.spec = { ...pod.spec, containers: pod.spec?.containers ?? [], nodeName }
  const lastTransitionTime = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'PodScheduled')
  pod.status = {
    ...pod.status,
    conditions: [...others, { type: 'PodScheduled', status: 'True', lastTransitionTime }],
  }
}

/** `kubectl drain`: KubeVirt turns the eviction of a launcher into an evacuation. */
export const podEviction: SubresourceHandler = {
  ...POD,
  versions: [...POD.versions],
  subresource: 'eviction',
  namespaced: true,
  methods: ['POST'],
  discovery: { kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
  handle: async (request) => {
    const pod = podOf(request)
    await interceptEviction(request, pod)
    const { deleteOptions } = ((await request.body()) ?? {}) as {
      deleteOptions?: { gracePeriodSeconds?: number }
    }
    if (!request.dryRun) {
      const { namespace, name, services } = request
      await services.objects.delete(
        { group: '', resource: 'pods', namespace, name },
        deleteOptions,
      )
    }
    return CREATED
  },
}

async function interceptEviction(
  request: SubresourceRequest,
  { metadata }: Pod,
): Promise<void> {
  const { services, namespace } = request
  if (metadata?.labels?.['kubevirt.io'] !== 'virt-launcher') return
  const key = {
    group: 'kubevirt.io',
    resource: 'virtualmachineinstances',
    namespace,
    name: metadata.annotations?.['kubevirt.io/domain'] ?? '',
  }
  const instance = services.objects.find(key) as VirtualMachineInstance | undefined
  const strategy = instance?.spec.evictionStrategy ?? 'None'
  if (!instance || strategy === 'None') return
  const migratable = instance.status?.conditions?.some(
    ({ type, status }) => type === 'LiveMigratable' && status === 'True',
  )
  if (!migratable && strategy === 'LiveMigrateIfPossible') return
  if (!migratable && strategy === 'LiveMigrate') {
    throw denied(
      `VMI ${key.name} is configured with an eviction strategy but is not live-migratable`,
    )
  }
  const evacuation = `Eviction triggered evacuation of VMI "${namespace}/${key.name}"`
  if (instance.status?.evacuationNodeName) throw denied(`Evacuation in progress: ${evacuation}`)
  if (!request.dryRun) {
    await services.objects.mutate(key, (object) => {
      const { status } = object as VirtualMachineInstance
      if (status?.nodeName) status.evacuationNodeName = status.nodeName
    })
  }
  throw denied(evacuation)
}

function denied(message: string) {
  const webhook = 'virt-launcher-eviction-interceptor.kubevirt.io'
  return statusErrors.tooManyRequests(
    `admission webhook "${webhook}" denied the request: ${message}`,
  )
}

async function changePod(
  { services, namespace, name, dryRun }: SubresourceRequest,
  change: (pod: Pod) => void,
): Promise<void> {
  const key = { group: '', resource: 'pods', namespace, name }
  const pod = services.objects.find(key)
  if (!pod) throw statusErrors.notFound(key, name)
  if (dryRun) change(structuredClone(pod) as Pod)
  else await services.objects.mutate(key, (object) => change(object as Pod))
}
