import type { V1beta1VirtualMachineExport as VirtualMachineExport } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'

/** What is exported: all disks of a VM that is off, or one claim that nobody uses. */
export interface ExportTarget {
  namespace: string
  kind: 'VirtualMachine' | 'PersistentVolumeClaim'
  name: string
}

const GROUPS = { VirtualMachine: 'kubevirt.io', PersistentVolumeClaim: '' } as const

/** How long an export lives, in hours; KubeVirt's own choice is two. */
export const EXPORT_HOURS = [1, 2, 8, 24] as const
export type ExportHours = (typeof EXPORT_HOURS)[number]

/** The object that asks for an export. */
export const exportOf = (
  { namespace, kind, name }: ExportTarget,
  hours: ExportHours,
): VirtualMachineExport => ({
  apiVersion: 'export.kubevirt.io/v1beta1',
  kind: 'VirtualMachineExport',
  metadata: { generateName: `${name}-`, namespace },
  spec: {
    source: { apiGroup: GROUPS[kind], kind, name },
    ttlDuration: `${hours}h`,
  },
})

/** Whether an export is about this VM or claim, and still goes on. */
export const isExportOf = (
  { metadata, spec }: VirtualMachineExport,
  { kind, name }: ExportTarget,
): boolean =>
  spec.source.kind === kind &&
  spec.source.name === name &&
  metadata?.deletionTimestamp === undefined

export type ExportFormat = 'raw' | 'gzip'

export interface ExportState {
  phase: 'pending' | 'ready' | 'skipped' | 'terminated'
  /** Why it is not ready, in the cluster's words. */
  reason?: string
  volumes: { name: string; formats: ExportFormat[] }[]
  /** When the cluster takes it away. */
  expires?: string
}

/** Which formats are whole disks; `dir` and `tar.gz` are of claims without one. */
const isDiskFormat = (format: string): format is ExportFormat =>
  format === 'raw' || format === 'gzip'

export function exportState({ status }: VirtualMachineExport): ExportState {
  const { phase = 'Pending', conditions = [], links, ttlExpirationTime } = status ?? {}
  const ready = conditions.find(({ type }) => type === 'Ready')
  const reason = ready?.status === 'True' ? undefined : ready?.message || ready?.reason
  const volumes = (links?.internal?.volumes ?? []).map(({ name, formats = [] }) => ({
    name,
    formats: formats.map(({ format }) => format).filter(isDiskFormat),
  }))
  return {
    phase: PHASES[phase] ?? 'pending',
    volumes: phase === 'Ready' ? volumes : [],
    ...(reason && { reason }),
    ...(ttlExpirationTime && { expires: String(ttlExpirationTime) }),
  }
}

const PHASES: Readonly<Record<string, ExportState['phase']>> = {
  Ready: 'ready',
  Skipped: 'skipped',
  Terminated: 'terminated',
}

/** What one would type instead; virtctl forwards a port where the cluster has no ingress. */
export function exportCommand(
  { namespace, kind, name }: ExportTarget,
  volume: string | undefined,
): string {
  const source = kind === 'VirtualMachine' ? `--vm=${name}` : `--pvc=${name}`
  const file = `${volume ?? name}.img.gz`
  return [
    `virtctl vmexport download ${name}-export ${source}`,
    ...(kind === 'VirtualMachine' && volume !== undefined ? [`--volume=${volume}`] : []),
    `--output=${file} --port-forward --namespace=${namespace}`,
  ].join(' ')
}
