import type { V1beta1VirtualMachineExport } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { claimNameOf } from '@virtdeck/kubevirt'
import type { SharedInformers, PersistentVolumeClaim, VirtualMachine } from '../informers.ts'

export type VirtualMachineExport = V1beta1VirtualMachineExport

/** What an export would serve, and whether it may now. */
export interface ExportSource {
  claims: PersistentVolumeClaim[]
  /** Why it is not served; undefined if it is. */
  obstacle?: { reason: string; message: string }
  /** Nothing will ever be served. */
  isSkipped?: true
  virtualMachineName?: string
}

const FINISHED_PHASES: readonly (string | undefined)[] = ['Succeeded', 'Failed']

/**
 * The claims of an export's VM or the one it names, with KubeVirt's words for why not.
 * https://github.com/kubevirt/kubevirt/blob/0523d9b/pkg/storage/export/export/vm-source.go
 */
export function exportSourceOf(
  { metadata, spec }: VirtualMachineExport,
  informers: SharedInformers,
): ExportSource {
  const { namespace = '' } = metadata ?? {}
  const { kind, name } = spec.source
  if (kind === 'VirtualMachine') return machineSource({ namespace, name }, informers)
  if (kind === 'PersistentVolumeClaim') return claimSource({ namespace, name }, informers)
  const message = `this cluster does not export a ${kind}`
  return { claims: [], obstacle: { reason: 'Unknown', message } }
}

interface Named {
  namespace: string
  name: string
}

function machineSource(source: Named, informers: SharedInformers): ExportSource {
  const { namespace, name } = source
  const key = `${namespace}/${name}`
  const virtualMachine = informers.virtualMachines().get(key)
  const said = { virtualMachineName: name }
  if (!virtualMachine) {
    const message = `Virtual Machine ${key} not found`
    return { ...said, claims: [], obstacle: { reason: 'VMNotFound', message } }
  }
  const names = claimNamesOf(virtualMachine)
  const claims = names.flatMap(
    (each) => informers.persistentVolumeClaims().get(`${namespace}/${each}`) ?? [],
  )
  if (names.length === 0) {
    const message = `Virtual Machine ${key} has no volumes`
    return { ...said, claims, isSkipped: true, obstacle: { reason: 'NoVolumes', message } }
  }
  if (claims.length < names.length || !claims.every((claim) => isFilled(claim, informers))) {
    const message = `Not all volumes in the Virtual Machine ${key} are populated`
    return { ...said, claims, obstacle: { reason: 'VolumesNotPopulated', message } }
  }
  const phase = informers.virtualMachineInstances().get(key)?.status?.phase
  if (phase !== undefined && !FINISHED_PHASES.includes(phase)) {
    const message = `Virtual Machine ${key} is running`
    return { ...said, claims, obstacle: { reason: 'InUse', message } }
  }
  return { ...said, claims }
}

function claimSource(source: Named, informers: SharedInformers): ExportSource {
  const { namespace, name } = source
  const key = `${namespace}/${name}`
  const claim = informers.persistentVolumeClaims().get(key)
  if (!claim) {
    const message = `pvc ${key} not found`
    return { claims: [], obstacle: { reason: 'PVCNotFound', message } }
  }
  const user = [...informers.virtualMachineInstances().list()].find(
    ({ metadata, spec, status }) =>
      metadata?.namespace === namespace &&
      !FINISHED_PHASES.includes(status?.phase) &&
      (spec.volumes ?? []).some((volume) => claimNameOf(volume) === name),
  )
  if (user) {
    const message = `pvc ${key} is in use by pod of ${user.metadata?.name}`
    return { claims: [claim], obstacle: { reason: 'InUse', message } }
  }
  if (!isFilled(claim, informers)) {
    const message = `pvc ${key} is not populated`
    return { claims: [claim], obstacle: { reason: 'VolumesNotPopulated', message } }
  }
  return { claims: [claim] }
}

const claimNamesOf = ({ spec }: VirtualMachine): string[] => [
  ...new Set(
    (spec.template.spec?.volumes ?? []).flatMap((volume) => claimNameOf(volume) ?? []),
  ),
]

/** Whether it is bound, and the DataVolume that fills it has done so. */
function isFilled(claim: PersistentVolumeClaim, informers: SharedInformers): boolean {
  const { namespace, name } = claim.metadata ?? {}
  const dataVolume = informers.dataVolumes().get(`${namespace}/${name}`)
  const isDone = dataVolume === undefined || dataVolume.status?.phase === 'Succeeded'
  return claim.status?.phase === 'Bound' && isDone
}
