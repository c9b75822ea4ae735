import type { MetricsRange } from './metrics.ts'

/** The BFF's URL space. Everything under `/api` but `publicRoutes` needs a session. */
export const publicRoutes = {
  /** GET: how one can sign in here ({@link SignInOptions}). */
  signInOptions: '/api/sign-in-options',
  /** POST {@link SignInRequest} → 200 {@link Session} and the session cookie; 401 when refused. */
  session: '/api/session',
  health: '/healthz',
  ready: '/readyz',
} as const

export const privateRoutes = {
  /** GET → {@link Session}; DELETE → 204, signs out. */
  session: '/api/session',
  /** POST {@link AccessRequest} → {@link AccessAnswer}. */
  access: '/api/access',
  /** POST {@link VirtualMachinesSelection} → all of them as text/csv. */
  virtualMachinesCsv: '/api/virtual-machines.csv',
  /** GET with auditQuery → {@link AuditAnswer}. */
  audit: '/api/audit',
  /** POST {@link LatestMetricsRequest} → {@link LatestMetrics}. */
  latestMetrics: '/api/metrics/latest',
  /** WebSocket of the live protocol. */
  live: '/api/live',
  /** Any Kubernetes request, streamed with the user's credentials: `/api/kubernetes` + path. */
  kubernetes: '/api/kubernetes',
} as const

/** GET → {@link MetricsHistory} of a VM. */
export function metricsHistoryPath(target: {
  namespace: string
  name: string
  range: MetricsRange
}): string {
  const namespace = encodeURIComponent(target.namespace)
  const name = encodeURIComponent(target.name)
  return `/api/metrics/history/${namespace}/${name}?range=${target.range}`
}

/**
 * GET → a disk of a VirtualMachineExport as a file: `raw` (application/octet-stream) or `gzip`
 * (application/gzip). 404 if there is no such volume, 409 while the export is not ready.
 */
export function exportedVolumePath(target: {
  namespace: string
  name: string
  volume: string
  format: 'raw' | 'gzip'
}): string {
  const segments = [target.namespace, target.name, target.volume, target.format]
  return `/api/exports/${segments.map(encodeURIComponent).join('/')}`
}

export type ConsoleKind = 'vnc' | 'serial'

/**
 * WebSocket of a VMI's console: binary frames with the guest's raw bytes, subprotocol
 * `plain.kubevirt.io`. When the cluster refuses, the socket opens and closes at once with
 * {@link consoleCloseCode} and the cluster's message, because browsers hide failed handshakes.
 */
export function consolePath(target: {
  namespace: string
  name: string
  console: ConsoleKind
  /** VNC only: refuse rather than end another viewer's session. */
  preserveSession?: boolean
}): string {
  const namespace = encodeURIComponent(target.namespace)
  const name = encodeURIComponent(target.name)
  const query = target.preserveSession ? '?preserveSession=true' : ''
  return `/api/consoles/${namespace}/${name}/${target.console}${query}`
}

export const CONSOLE_SUBPROTOCOL = 'plain.kubevirt.io'

/**
 * WebSocket of a command with a terminal in a container. Frames begin with their channel: 0
 * input, 1 output, 3 the Status at the end, 4 the terminal's size, as Kubernetes has it.
 * Refusals close it as those of {@link consolePath}.
 */
export function execPath(target: {
  namespace: string
  pod: string
  container: string
  command: readonly string[]
}): string {
  const { namespace, pod, container } = target
  const segments = [namespace, pod, container].map(encodeURIComponent)
  const query = new URLSearchParams()
  for (const word of target.command) query.append('command', word)
  return `/api/exec/${segments.join('/')}?${query.toString()}`
}

/** Best first; older clusters know only the second. */
export const EXEC_SUBPROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'] as const

/** The WebSocket close code that stands for an HTTP status: 403 → 4403. */
export const consoleCloseCode = (status: number): number => 4000 + status
/** The HTTP status of a close code made by {@link consoleCloseCode}; undefined for others. */
export const statusOfCloseCode = (code: number): number | undefined =>
  code >= 4400 && code < 4600 ? code - 4000 : undefined
