import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type {
  V1KubeVirtConfiguration as Configuration,
  V1VirtualMachineInstance as VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { statusErrors } from '@virtdeck/kubernetes'
import type { ObjectAccess, SubresourceRequest } from './subresource.ts'

const WEBHOOK = 'virt-launcher-eviction-interceptor.kubevirt.io'

/** What KubeVirt's admission does with the eviction of a launcher: the VMI moves away first. */
export async function interceptEviction(
  { services: { objects }, namespace }: SubresourceRequest,
  { pod: { metadata, spec, status }, dryRun }: { pod: Pod; dryRun: boolean },
): Promise<void> {
  if (metadata?.labels?.['kubevirt.io'] !== 'virt-launcher') return
  if (status?.phase === 'Succeeded' || status?.phase === 'Failed') return
  const name = metadata.annotations?.['kubevirt.io/domain']
  if (name === undefined) return
  const key = { group: 'kubevirt.io', resource: 'virtualmachineinstances', namespace, name }
  const instance = objects.find(key) as VirtualMachineInstance | undefined
  if (!instance) {
    throw denied(
      `kubevirt failed getting the vmi: virtualmachineinstances.kubevirt.io "${name}" not found`,
    )
  }
  if (!mustMove(instance, strategyOf(objects, instance))) return
  const evacuation = `Eviction triggered evacuation of VMI "${namespace}/${name}"`
  if (instance.status?.evacuationNodeName) throw denied(`Evacuation in progress: ${evacuation}`)
  // The target of a migration, or what one left behind: nothing runs there that could move.
  if (instance.status?.nodeName !== spec?.nodeName) return
  if (!dryRun) {
    await objects.mutate(key, (object) => {
      const { status: current } = object as VirtualMachineInstance
      if (current?.nodeName) current.evacuationNodeName = current.nodeName
    })
  }
  throw denied(evacuation)
}

function mustMove(instance: VirtualMachineInstance, strategy: string): boolean {
  const migratable = instance.status?.conditions?.some(
    ({ type, status }) => type === 'LiveMigratable' && status === 'True',
  )
  switch (strategy) {
    case 'LiveMigrate':
      if (migratable) return true
      throw denied(
        `VMI ${instance.metadata?.name} is configured with an eviction strategy but is not live-migratable`,
      )
    case 'LiveMigrateIfPossible':
      return migratable === true
    case 'External':
      return true
    default:
      return false
  }
}

/** The VMI's own strategy, or the cluster's. */
function strategyOf(objects: ObjectAccess, { spec }: VirtualMachineInstance): string {
  if (spec.evictionStrategy) return spec.evictionStrategy
  const [kubeVirt] = objects.list({ group: 'kubevirt.io', resource: 'kubevirts' })
  // The published type calls the wire's `configuration` `_configuration`.
  const { configuration } = (kubeVirt?.spec ?? {}) as { configuration?: Configuration }
  return configuration?.evictionStrategy ?? 'None'
}

function denied(message: string) {
  return statusErrors.tooManyRequests(
    `admission webhook "${WEBHOOK}" denied the request: ${message}`,
  )
}
