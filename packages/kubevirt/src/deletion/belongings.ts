import type { KubernetesObject } from '@virtdeck/kubernetes'
import { selectsVirtualMachine } from '../services/selects-virtual-machine.ts'
import type { VirtualMachine, VirtualMachineInstanceSpec, Volume } from '../types.ts'

export type BelongingKind =
  | 'DataVolume'
  | 'PersistentVolumeClaim'
  | 'Secret'
  | 'ConfigMap'
  | 'Service'
  | 'VirtualMachineSnapshot'

/** Something that a VM uses or that exists because of it. */
export interface Belonging {
  kind: BelongingKind
  name: string
  /** A Kubernetes quantity, where it is known. */
  size?: string
  /** The garbage collector deletes it with the VM, unless the VM stops to be its owner. */
  isOwned: boolean
  /** Names of other VMs of the project that need it; undefined if they may not be listed. */
  usedBy: string[] | undefined
}

type Service = KubernetesObject & { spec?: { selector?: Record<string, string> } }

interface Claim {
  status?: { capacity?: Record<string, string> }
}

/** Objects of the VM's project; lists that the user may not read are left out. */
export interface Surroundings {
  virtualMachine: VirtualMachine
  virtualMachines?: readonly VirtualMachine[]
  dataVolumes?: readonly KubernetesObject[]
  claims?: readonly KubernetesObject[]
  services?: readonly Service[]
  snapshots?: readonly KubernetesObject[]
}

/**
 * F-33: all that a decision has to be made about when a VM is deleted. KubeVirt owns what it
 * makes of dataVolumeTemplates, and lets everything else outlive the VM.
 */
export function belongingsOf(surroundings: Surroundings): Belonging[] {
  const { virtualMachine, virtualMachines } = surroundings
  const others = virtualMachines?.filter(
    ({ metadata }) => metadata?.name !== virtualMachine.metadata?.name,
  )
  return [
    ...disksIn(surroundings, others),
    ...settingsIn(virtualMachine, others),
    ...servicesIn(surroundings, others),
    ...snapshotsIn(surroundings),
  ]
}

type Others = readonly VirtualMachine[] | undefined

const usersAmong = (
  others: Others,
  uses: (virtualMachine: VirtualMachine) => boolean,
): string[] | undefined => others && namesOf(others.filter(uses))

function disksIn(surroundings: Surroundings, others: Others): Belonging[] {
  const { virtualMachine, dataVolumes, claims } = surroundings
  const templated = new Map(
    virtualMachine.spec.dataVolumeTemplates?.map((each) => [each.metadata?.name, each.spec]),
  )
  // A disk that was detached is not named any more, and would still go with the VM unseen.
  const owned = [...(dataVolumes ?? []), ...(claims ?? [])].filter((object) =>
    isOwnedBy(object, virtualMachine),
  )
  const names = new Set([...claimNamesOf(virtualMachine), ...namesOf(owned)])
  return [...names].map((name) => {
    const dataVolume = dataVolumes?.find(isNamed(name))
    const claim = claims?.find(isNamed(name))
    const template = templated.get(name)
    // CDI may have taken the DataVolume away when it was done; its claim then stands for it.
    // Without a right to see whether it did, it is there and the VM's: what is to be kept must
    // be released, and a release that fails keeps the VM.
    const isUnread = template !== undefined && dataVolumes === undefined
    const isDataVolume =
      dataVolume !== undefined || isUnread || (template !== undefined && !claim)
    const object = dataVolume ?? claim
    const size =
      storageOf((claim?.status as Claim['status'])?.capacity) ??
      storageOf((template?.storage ?? template?.pvc)?.resources?.requests)
    return {
      kind: isDataVolume ? 'DataVolume' : 'PersistentVolumeClaim',
      name,
      ...(size !== undefined && { size }),
      isOwned:
        isUnread || (object ? isOwnedBy(object, virtualMachine) : template !== undefined),
      usedBy: usersAmong(others, (other) => claimNamesOf(other).includes(name)),
    }
  })
}

function settingsIn(virtualMachine: VirtualMachine, others: Others): Belonging[] {
  return (['Secret', 'ConfigMap'] as const).flatMap((kind) =>
    settingNamesOf(virtualMachine, kind).map((name) => ({
      kind,
      name,
      isOwned: false,
      usedBy: usersAmong(others, (other) => settingNamesOf(other, kind).includes(name)),
    })),
  )
}

/** A Service belongs to the VM if it selects this one; others that it selects need it, too. */
function servicesIn(
  { virtualMachine, services = [] }: Surroundings,
  others: Others,
): Belonging[] {
  return services
    .filter((service) => selectsVirtualMachine(service, virtualMachine))
    .map((service) => ({
      kind: 'Service',
      name: service.metadata?.name ?? '',
      isOwned: isOwnedBy(service, virtualMachine),
      usedBy: usersAmong(others, (other) => selectsVirtualMachine(service, other)),
    }))
}

function snapshotsIn({ virtualMachine, snapshots = [] }: Surroundings): Belonging[] {
  return snapshots
    .filter(({ spec }) => {
      const { source } = (spec ?? {}) as { source?: { kind?: string; name?: string } }
      return source?.kind === 'VirtualMachine' && source.name === virtualMachine.metadata?.name
    })
    .map((snapshot) => ({
      kind: 'VirtualMachineSnapshot',
      name: snapshot.metadata?.name ?? '',
      isOwned: isOwnedBy(snapshot, virtualMachine),
      usedBy: [],
    }))
}

const specOf = ({ spec }: VirtualMachine): Partial<VirtualMachineInstanceSpec> =>
  spec.template?.spec ?? {}

/** Claims with the names that the VM uses; a DataVolume and its claim have the same. */
function claimNamesOf(virtualMachine: VirtualMachine): string[] {
  const names = (specOf(virtualMachine).volumes ?? []).flatMap(
    ({ dataVolume, persistentVolumeClaim, ephemeral }) =>
      dataVolume?.name ??
      persistentVolumeClaim?.claimName ??
      ephemeral?.persistentVolumeClaim?.claimName ??
      [],
  )
  return [...new Set(names)]
}

function settingNamesOf(virtualMachine: VirtualMachine, kind: 'Secret' | 'ConfigMap') {
  const { volumes = [], accessCredentials = [] } = specOf(virtualMachine)
  const names =
    kind === 'ConfigMap'
      ? volumes.flatMap(({ configMap, sysprep }) => [configMap?.name, sysprep?.configMap?.name])
      : [
          ...volumes.flatMap(secretNamesOf),
          ...accessCredentials.flatMap(({ sshPublicKey, userPassword }) => [
            sshPublicKey?.source.secret?.secretName,
            userPassword?.source.secret?.secretName,
          ]),
        ]
  return [...new Set(names.filter((name) => name !== undefined))]
}

function secretNamesOf(volume: Volume): (string | undefined)[] {
  const { secret, sysprep, cloudInitNoCloud, cloudInitConfigDrive } = volume
  const cloudInit = [cloudInitNoCloud, cloudInitConfigDrive].flatMap((source) => [
    source?.secretRef?.name,
    source?.networkDataSecretRef?.name,
  ])
  return [secret?.secretName, sysprep?.secret?.name, ...cloudInit]
}

const isNamed =
  (name: string) =>
  ({ metadata }: KubernetesObject): boolean =>
    metadata?.name === name

const namesOf = (objects: readonly KubernetesObject[]): string[] =>
  objects.flatMap(({ metadata }) => metadata?.name ?? [])

const isOwnedBy = ({ metadata }: KubernetesObject, owner: VirtualMachine): boolean =>
  (metadata?.ownerReferences ?? []).some(({ uid }) => uid === owner.metadata?.uid)

const storageOf = (amounts: Record<string, unknown> | undefined): string | undefined => {
  const storage = amounts?.['storage']
  return typeof storage === 'string' ? storage : undefined
}
