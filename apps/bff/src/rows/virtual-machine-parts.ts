import type { V1beta1DataVolume } from '@kubevirt-ui-ext/kubevirt-api/containerized-data-importer'
import type { IoK8sApiCoreV1Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type {
  V1VirtualMachine,
  V1VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { controllerOf, type KubernetesObject, type ObjectMeta } from '@virtdeck/kubernetes'

/*
 * What is kept in memory of each object behind a row: at 10,000 VMs whole objects would be
 * some 200 MB a user. The kept parts have the shape of KubernetesObject, as informers need it.
 */

interface Part extends KubernetesObject {
  metadata: ObjectMeta
}

export interface VirtualMachinePart extends Part {
  printableStatus: string | undefined
  runStrategy: string
  macAddresses: string[]
  /** Names of the DataVolumes that its disks come from. */
  dataVolumes: string[]
  /** Messages of conditions that tell why it does not run. */
  failure: string | undefined
}

export interface VirtualMachineInstancePart extends Part {
  phase: string
  node: string | undefined
  ipAddresses: string[]
  simulated: boolean
  unschedulable: string | undefined
  provisioning: string | undefined
}

export interface LauncherPodPart extends Part {
  /** `namespace/name` of the VMI. */
  instanceKey: string
  waiting: string | undefined
}

export interface DataVolumePart extends Part {
  message: string | undefined
}

/** Node agents mark guests that no hypervisor runs. */
const SIMULATED_ANNOTATION = 'virtdeck.io/simulated'

interface Condition {
  type?: string
  status?: string
  reason?: string
  message?: string
}

const conditionOf = (conditions: readonly Condition[] | undefined, type: string) =>
  conditions?.find((condition) => condition.type === type)

function metadataOf({ metadata = {} }: KubernetesObject): ObjectMeta {
  const { name, namespace, uid, resourceVersion, creationTimestamp, deletionTimestamp } =
    metadata
  return {
    ...(name && { name }),
    ...(namespace && { namespace }),
    ...(uid && { uid }),
    ...(resourceVersion && { resourceVersion }),
    ...(creationTimestamp && { creationTimestamp }),
    ...(deletionTimestamp && { deletionTimestamp }),
  }
}

export function virtualMachinePart(object: KubernetesObject): VirtualMachinePart {
  const { spec, status } = object as V1VirtualMachine
  const failure = conditionOf(status?.conditions, 'Failure')
  const volumes = spec?.template?.spec?.volumes ?? []
  return {
    metadata: metadataOf(object),
    printableStatus: status?.printableStatus,
    macAddresses: macAddressesOf(object as V1VirtualMachine),
    runStrategy: spec?.runStrategy ?? (spec?.running ? 'Always' : 'Halted'),
    dataVolumes: volumes.flatMap(({ dataVolume }) => dataVolume?.name ?? []),
    failure: failure?.status === 'True' ? failure.message : undefined,
  }
}

/** In the form that everybody reads; some definitions have hyphens. */
function macAddressesOf({ spec }: V1VirtualMachine): string[] {
  // Odd objects of other programs have no domain.
  const domain = spec?.template?.spec?.domain
  const interfaces = domain?.devices?.interfaces ?? []
  return interfaces.flatMap(({ macAddress }) =>
    macAddress ? macAddress.toLowerCase().replaceAll('-', ':') : [],
  )
}

export function virtualMachineInstancePart(
  object: KubernetesObject,
): VirtualMachineInstancePart {
  const { metadata, status } = object as V1VirtualMachineInstance
  const scheduled = conditionOf(status?.conditions, 'PodScheduled')
  const provisioning = conditionOf(status?.conditions, 'Provisioning')
  const addresses = (status?.interfaces ?? []).flatMap(
    ({ ipAddress, ipAddresses }) => ipAddresses ?? ipAddress ?? [],
  )
  return {
    metadata: metadataOf(object),
    phase: status?.phase ?? 'Pending',
    node: status?.nodeName || undefined,
    ipAddresses: [...new Set(addresses)].filter((address) => address !== ''),
    simulated: metadata?.annotations?.[SIMULATED_ANNOTATION] === 'true',
    unschedulable: scheduled?.status === 'False' ? scheduled.message : undefined,
    provisioning: provisioning?.message,
  }
}

export function launcherPodPart(object: KubernetesObject): LauncherPodPart {
  const { metadata, status } = object as IoK8sApiCoreV1Pod
  const containers = [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
  ]
  const waiting = containers
    .map(({ state }) => state?.waiting)
    .find((state) => state?.message !== undefined)
  return {
    metadata: metadataOf(object),
    instanceKey: `${metadata?.namespace}/${controllerOf(object)?.name ?? ''}`,
    waiting: waiting?.message,
  }
}

export function dataVolumePart(object: KubernetesObject): DataVolumePart {
  const { status } = object as V1beta1DataVolume
  const running = conditionOf(status?.conditions, 'Running')
  const bound = conditionOf(status?.conditions, 'Bound')
  const progress = status?.progress && status.progress !== 'N/A' ? ` ${status.progress}` : ''
  const finished = status?.phase === 'Succeeded'
  const said = running?.message || bound?.message
  return {
    metadata: metadataOf(object),
    message: finished ? undefined : said || `${status?.phase ?? 'Pending'}${progress}`,
  }
}
