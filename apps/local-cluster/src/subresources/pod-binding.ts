import type {
  IoK8sApiCoreV1Binding as Binding,
  IoK8sApiCoreV1Pod as Pod,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
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
