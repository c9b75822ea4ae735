import { withExportConditions, type ExportCondition } from './export-conditions.ts'
import type { ExportSource, VirtualMachineExport } from './export-source.ts'

const DEFAULT_LIFE_MS = 2 * 3600_000
const UNITS = { h: 3600_000, m: 60_000, s: 1_000 } as const

/** When an export ends: Go's duration, `1h30m`, after it was created. */
export function expirationOf({ metadata, spec }: VirtualMachineExport): Date {
  const created = new Date(metadata?.creationTimestamp ?? 0).getTime()
  const parts = [...(spec.ttlDuration ?? '').matchAll(/([\d.]+)([hms])/g)]
  const life = parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit as keyof typeof UNITS],
    0,
  )
  return new Date(created + (life || DEFAULT_LIFE_MS))
}

export const serviceNameOf = ({ metadata }: VirtualMachineExport): string =>
  `virt-export-${metadata?.name}`

export const tokenSecretNameOf = ({ metadata, spec }: VirtualMachineExport): string =>
  spec.tokenSecretRef ?? `export-token-${metadata?.name}`

interface StatusInput {
  source: ExportSource
  /** PEM of the authority behind the exporter's certificate. */
  certificateAuthority: string
  now: Date
}

/** The status as KubeVirt writes it, with links only while the source may be read. */
export function exportStatusOf(
  vmExport: VirtualMachineExport,
  { source, certificateAuthority, now }: StatusInput,
): object {
  const { claims, obstacle, isSkipped, virtualMachineName } = source
  const isBound = claims.length > 0 && claims.every(({ status }) => status?.phase === 'Bound')
  const conditions = withExportConditions(
    vmExport.status?.conditions as readonly ExportCondition[] | undefined,
    {
      Ready: obstacle
        ? { status: 'False', ...obstacle }
        : { status: 'True', reason: 'PodReady', message: '' },
      PVCReady: isBound
        ? { status: 'True', reason: 'PVCBound', message: '' }
        : {
            status: 'False',
            reason: claims.length > 0 ? 'PVCPending' : 'Unknown',
            message: '',
          },
    },
    now,
  )
  return {
    phase: isSkipped ? 'Skipped' : obstacle ? 'Pending' : 'Ready',
    serviceName: serviceNameOf(vmExport),
    ttlExpirationTime: expirationOf(vmExport).toISOString().replace(/\.\d+/, ''),
    ...(!obstacle && { tokenSecretRef: tokenSecretNameOf(vmExport) }),
    ...(virtualMachineName !== undefined && { virtualMachineName }),
    links: obstacle ? null : { internal: linksOf(vmExport, source, certificateAuthority) },
    conditions,
  }
}

function linksOf(
  vmExport: VirtualMachineExport,
  { claims }: ExportSource,
  certificateAuthority: string,
): object {
  const host = `${serviceNameOf(vmExport)}.${vmExport.metadata?.namespace}.svc`
  return {
    cert: certificateAuthority.trim(),
    volumes: claims.map(({ metadata }) => {
      const url = `https://${host}/volumes/${metadata?.name}/disk.img`
      return {
        name: metadata?.name ?? '',
        formats: [
          { format: 'raw', url },
          { format: 'gzip', url: `${url}.gz` },
        ],
      }
    }),
  }
}
