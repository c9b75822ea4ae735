import { shellWord } from '../commands/shell-word.ts'
import type { VirtualMachineActionName } from './virtual-machine-actions.ts'

interface Target {
  namespace: string
  name: string
}

/*
 * What one would type instead. Names of objects need no quotes in a shell.
 * https://github.com/kubevirt/kubevirt/tree/03f3954/pkg/virtctl
 */

/** Actions whose command depends on what is edited have none here. */
const COMMANDS: Partial<Record<VirtualMachineActionName, (name: string) => string>> = {
  start: (name) => `virtctl start ${name}`,
  stop: (name) => `virtctl stop ${name}`,
  forceStop: (name) => `virtctl stop ${name} --force --grace-period=0`,
  restart: (name) => `virtctl restart ${name}`,
  forceRestart: (name) => `virtctl restart ${name} --force --grace-period=0`,
  softReboot: (name) => `virtctl soft-reboot ${name}`,
  pause: (name) => `virtctl pause vm ${name}`,
  unpause: (name) => `virtctl unpause vm ${name}`,
  migrate: (name) => `virtctl migrate ${name}`,
  cancelMigration: (name) => `virtctl migrate-cancel ${name}`,
  openConsole: (name) => `virtctl vnc ${name}`,
  copySshCommand: (name) => `virtctl ssh vm/${name}`,
  delete: (name) => `kubectl delete virtualmachine ${name}`,
}

/** The command that does the same as an action. */
export function commandOf(
  action: VirtualMachineActionName,
  { namespace, name }: Target,
): string | undefined {
  const command = COMMANDS[action]?.(name)
  return command === undefined ? undefined : `${command} --namespace=${namespace}`
}

/** The values of labels or annotations that change; null takes one away. */
export type MetadataChanges = Record<string, string | null>

/** Metadata as it should be, against how it is: what has to be sent. */
export function metadataChanges(
  before: Record<string, string>,
  after: Record<string, string>,
): MetadataChanges {
  const changes: MetadataChanges = {}
  for (const key of Object.keys(before)) if (!(key in after)) changes[key] = null
  for (const [key, value] of Object.entries(after)) {
    if (before[key] !== value) changes[key] = value
  }
  return changes
}

/** `kubectl label` or `kubectl annotate` with the same changes. */
export function metadataCommand(
  field: 'labels' | 'annotations',
  changes: MetadataChanges,
  { namespace, name }: Target,
): string {
  const verb = field === 'labels' ? 'label' : 'annotate'
  const parts = Object.entries(changes).map(([key, value]) =>
    value === null ? `${key}-` : shellWord(`${key}=${value}`),
  )
  const options = `--namespace=${namespace} --overwrite`
  return [`kubectl ${verb} virtualmachine ${name} ${options}`, ...parts].join(' ')
}
