import type { V1beta1DataVolume } from '@kubevirt-ui-ext/kubevirt-api/containerized-data-importer'
import type {
  IoK8sApiCoreV1PersistentVolumeClaim,
  IoK8sApiCoreV1Pod,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type {
  V1VirtualMachine,
  V1VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { POD_NETWORK_NAME, type VirtualMachineRow } from '@virtdeck/bff-contract'
import {
  claimNameOf,
  guestMemoryBytes,
  notableConditions,
  virtualCpus,
  virtualMachineStateOf,
  type VirtualMachineState,
} from '@virtdeck/kubevirt'
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
  /** What the rules of actions look at. */
  state: VirtualMachineState
  conditions: VirtualMachineRow['conditions']
  labels: Record<string, string>
  template: string | undefined
  /** Chosen at creation. */
  operatingSystem: string | undefined
  networks: string[]
  macAddresses: string[]
  cpus: number
  memory: number | undefined
  /** Names of the PVCs, and so of the DataVolumes, that its disks come from. */
  claims: string[]
  /** Messages of conditions that tell why it does not run. */
  failure: string | undefined
}

export interface VirtualMachineInstancePart extends Part {
  phase: string
  node: string | undefined
  ipAddresses: string[]
  simulated: boolean
  /** What the guest agent says. */
  operatingSystem: string | undefined
  /** It may run with other resources than are defined for its next start. */
  cpus: number
  memory: number | undefined
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

export interface ClaimPart extends Part {
  storageClass: string | undefined
}

/** KubeVirt's templates note what was chosen. */
const OS_ANNOTATION = 'vm.kubevirt.io/os'

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
  const virtualMachine = object as V1VirtualMachine
  const { metadata, spec, status } = virtualMachine
  const failure = conditionOf(status?.conditions, 'Failure')
  const { labels = {}, annotations = {} } = metadata ?? {}
  const template = spec?.template
  return {
    metadata: metadataOf(object),
    printableStatus: status?.printableStatus,
    state: virtualMachineStateOf(virtualMachine),
    conditions: notableConditions(status?.conditions).map(
      ({ type, status: value, message }) => ({
        type,
        status: value,
        ...(message && { message }),
      }),
    ),
    labels,
    template: labels['vm.kubevirt.io/template'],
    operatingSystem:
      template?.metadata?.annotations?.[OS_ANNOTATION] ?? annotations[OS_ANNOTATION],
    networks: networksOf(virtualMachine),
    macAddresses: macAddressesOf(virtualMachine),
    cpus: virtualCpus(template?.spec),
    memory: guestMemoryBytes(template?.spec),
    claims: (template?.spec?.volumes ?? []).flatMap((volume) => claimNameOf(volume) ?? []),
    failure: failure?.status === 'True' ? failure.message : undefined,
  }
}

/** By the names of their NetworkAttachmentDefinitions, each once. */
function networksOf({ spec }: V1VirtualMachine): string[] {
  const networks = (spec?.template?.spec?.networks ?? []).flatMap(
    ({ multus, pod }) => multus?.networkName ?? (pod ? POD_NETWORK_NAME : []),
  )
  return [...new Set(networks)]
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
  const { metadata, spec, status } = object as V1VirtualMachineInstance
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
    operatingSystem: status?.guestOSInfo?.prettyName || undefined,
    cpus: virtualCpus(spec),
    memory: guestMemoryBytes(spec),
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

export function claimPart(object: KubernetesObject): ClaimPart {
  const { spec } = object as IoK8sApiCoreV1PersistentVolumeClaim
  return { metadata: metadataOf(object), storageClass: spec?.storageClassName || undefined }
}
