import type { Belonging } from './belongings.ts'

/** What is to be done with one belonging of a VM that is deleted. */
export interface Fate {
  belonging: Belonging
  /**
   * `collected`: goes with the VM by itself. `released`: the VM has to stop to be its owner
   * before it is deleted. `deleted`: by a request of its own, after the VM. `kept`: nothing.
   */
  step: 'collected' | 'released' | 'deleted' | 'kept'
}

export const belongingKey = ({ kind, name }: Belonging): string => `${kind}/${name}`

/** What happens unless somebody chooses otherwise: as `kubectl delete vm` does it. */
export const goesByDefault = ({ isOwned }: Belonging): boolean => isOwned

/** Only what no other VM needs may be chosen to go; what is owned may always be kept. */
export const mayChoose = ({ isOwned, usedBy }: Belonging): boolean =>
  isOwned || usedBy.length === 0

/** What to do, given the keys of what is to go. */
export function deletionPlan(
  belongings: readonly Belonging[],
  going: ReadonlySet<string>,
): Fate[] {
  return belongings.map((belonging) => {
    const goes = going.has(belongingKey(belonging))
    if (belonging.isOwned) return { belonging, step: goes ? 'collected' : 'released' }
    return { belonging, step: goes && mayChoose(belonging) ? 'deleted' : 'kept' }
  })
}

/** One decision for the disks of many VMs. */
export type DiskFate = 'byDefault' | 'keep' | 'delete'

const isDisk = ({ kind }: Belonging): boolean =>
  kind === 'DataVolume' || kind === 'PersistentVolumeClaim'

/** What goes when the same is wanted for all disks; everything else as by default. */
export function goingBy(fate: DiskFate, belongings: readonly Belonging[]): Set<string> {
  const goes = (belonging: Belonging) => {
    if (fate === 'byDefault' || !isDisk(belonging)) return goesByDefault(belonging)
    return fate === 'delete' && belonging.usedBy.length === 0
  }
  return new Set(belongings.filter(goes).map(belongingKey))
}

/** The same with kubectl, in the order that matters. */
export function deletionCommands(
  { namespace, name }: { namespace: string; name: string },
  plan: readonly Fate[],
): string[] {
  const of = (step: Fate['step']) => plan.filter((fate) => fate.step === step)
  const where = `--namespace=${namespace}`
  return [
    ...of('released').map(
      ({ belonging }) =>
        `kubectl patch ${belonging.kind.toLowerCase()} ${belonging.name} ${where} --type=merge --patch='{"metadata":{"ownerReferences":null}}'`,
    ),
    `kubectl delete virtualmachine ${name} ${where}`,
    ...of('deleted').map(
      ({ belonging }) =>
        `kubectl delete ${belonging.kind.toLowerCase()} ${belonging.name} ${where}`,
    ),
  ]
}
