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

/** Whether it is known that no other VM needs it. */
const isUnused = ({ usedBy }: Belonging): boolean => usedBy?.length === 0

/**
 * What happens unless somebody chooses otherwise: as `kubectl delete vm` does it, but for what
 * another VM is seen to need.
 */
export const goesByDefault = ({ isOwned, usedBy = [] }: Belonging): boolean =>
  isOwned && usedBy.length === 0

/**
 * Only what no other VM needs may be chosen to go. What the VM owns goes by itself where others
 * may not be listed: there the user decides.
 */
export const mayChoose = (belonging: Belonging): boolean =>
  isUnused(belonging) || (belonging.isOwned && belonging.usedBy === undefined)

/** What to do, given the keys of what is to go. */
export function deletionPlan(
  belongings: readonly Belonging[],
  going: ReadonlySet<string>,
): Fate[] {
  return belongings.map((belonging) => {
    const goes = going.has(belongingKey(belonging)) && mayChoose(belonging)
    if (belonging.isOwned) return { belonging, step: goes ? 'collected' : 'released' }
    return { belonging, step: goes ? 'deleted' : 'kept' }
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
    return fate === 'delete' && (isUnused(belonging) || goesByDefault(belonging))
  }
  return new Set(belongings.filter(goes).map(belongingKey))
}

/**
 * The same with kubectl, in the order that matters. A patch fails, and changes nothing, where the
 * VM is not the first of the owners: custom resources know no patch that finds an owner by uid.
 */
export function deletionCommands(
  { namespace, name, uid }: { namespace: string; name: string; uid: string },
  plan: readonly Fate[],
): string[] {
  const of = (step: Fate['step']) => plan.filter((fate) => fate.step === step)
  const where = `--namespace=${namespace}`
  const release = JSON.stringify([
    { op: 'test', path: '/metadata/ownerReferences/0/uid', value: uid },
    { op: 'remove', path: '/metadata/ownerReferences/0' },
  ])
  return [
    ...of('released').map(
      ({ belonging }) =>
        `kubectl patch ${belonging.kind.toLowerCase()} ${belonging.name} ${where} --type=json --patch='${release}'`,
    ),
    `kubectl delete virtualmachine ${name} ${where}`,
    ...of('deleted').map(
      ({ belonging }) =>
        `kubectl delete ${belonging.kind.toLowerCase()} ${belonging.name} ${where}`,
    ),
  ]
}
