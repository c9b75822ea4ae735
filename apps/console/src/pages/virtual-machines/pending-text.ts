import { formatBytes, parseQuantity } from '@virtdeck/kubernetes'
import type { CpuTopology, PendingChange } from '@virtdeck/kubevirt'
import type { TFunction } from 'i18next'

/** "Memory: 1 GiB → 2 GiB". */
export function pendingText(t: TFunction, change: PendingChange): string {
  const subject = t(`configuration.subject.${change.subject}`)
  const fromTo = (before: string, after: string) =>
    t('configuration.pending.fromTo', { subject, before, after })
  const none = t('common.none')
  switch (change.subject) {
    case 'cpu':
      return fromTo(cpuText(t, change.before), cpuText(t, change.after))
    case 'memory':
      return fromTo(memoryText(change.before) ?? none, memoryText(change.after) ?? none)
    case 'dedicatedCpu': {
      const word = (isSet: boolean) => t(isSet ? 'configuration.yes' : 'configuration.no')
      return fromTo(word(change.before), word(change.after))
    }
    case 'bootOrder': {
      const list = (names: readonly string[]) => names.join(', ') || none
      return fromTo(list(change.before), list(change.after))
    }
    case 'hostname':
    case 'evictionStrategy':
    case 'instancetype':
    case 'preference':
      return fromTo(change.before ?? none, change.after ?? none)
    case 'disk':
    case 'networkInterface': {
      const texts = { subject, name: change.name }
      if (change.change === 'added') return t('configuration.pending.namedAdded', texts)
      if (change.change === 'removed') return t('configuration.pending.namedRemoved', texts)
      return t('configuration.pending.namedChanged', texts)
    }
    case 'other':
      return `${subject}: ${change.path}`
    default:
      return t('configuration.pending.changed', { subject })
  }
}

/** "4 CPUs (2 sockets × 2 cores × 1 threads)". */
export function cpuText(t: TFunction, topology: CpuTopology): string {
  const { sockets, cores, threads } = topology
  return t('configuration.cpu.value', { count: sockets * cores * threads, ...topology })
}

/** Undefined for what is no quantity. */
export function memoryText(quantity: string | undefined): string | undefined {
  const bytes = quantity === undefined ? undefined : parseQuantity(quantity)
  return bytes === undefined ? quantity : formatBytes(bytes)
}
