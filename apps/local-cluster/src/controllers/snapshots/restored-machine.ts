import { applyJsonPatch } from '../../http/patch/json-patch.ts'
import type { VirtualMachine } from '../informers.ts'
import { markRestored, restoredSpec, type VirtualMachineRestore } from './restore-plan.ts'
import type { VirtualMachineSnapshotContent } from './snapshot-content.ts'

/** The VM that a restore makes or changes, with the restore's own patches applied. */
export function restoredMachine(
  restore: VirtualMachineRestore,
  content: VirtualMachineSnapshotContent,
): VirtualMachine {
  const { metadata } = content.spec.source.virtualMachine ?? {}
  const { namespace = '' } = restore.metadata ?? {}
  const machine: VirtualMachine = {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: {
      name: restore.spec.target.name,
      namespace,
      ...(metadata?.labels && { labels: metadata.labels }),
      annotations: { ...withoutLastApplied(metadata?.annotations), ...markRestored(restore) },
    },
    spec: restoredSpec(content, restore.status?.restores ?? []),
  }
  const operations = (restore.spec.patches ?? []).map((patch) => JSON.parse(patch) as object)
  return applyJsonPatch(machine, operations) as VirtualMachine
}

function withoutLastApplied(annotations: Record<string, string> = {}): Record<string, string> {
  const { 'kubectl.kubernetes.io/last-applied-configuration': _lastApplied, ...rest } =
    annotations
  return rest
}
