import { isEqual } from '@virtdeck/kubevirt'

/** A place that both sides changed, each in another way. */
export interface MergeConflict {
  /** As people write it: `spec.template.spec.domain.cpu.cores`, `…volumes[rootdisk]`. */
  path: string
  /** undefined where a side has nothing there. */
  base: unknown
  mine: unknown
  theirs: unknown
}

export type MergeSide = 'mine' | 'theirs'

export interface Merged {
  value: unknown
  conflicts: MergeConflict[]
  /** Places where only the other side changed something; it was taken over. */
  taken: string[]
}

interface Sides {
  base: unknown
  mine: unknown
  theirs: unknown
}

type Json = Record<string, unknown>

/**
 * F-30: a three-way merge by the structure of objects, not by lines: what only one side changed
 * is taken from that side. Lists of named things (disks, volumes, networks) are merged by name,
 * as Kubernetes does; other lists are one value. A conflict has the chosen side, or mine until
 * one is chosen.
 */
export function mergeObjects(
  sides: Sides,
  choices: ReadonlyMap<string, MergeSide> = new Map(),
): Merged {
  const conflicts: MergeConflict[] = []
  const taken: string[] = []

  function merge({ base, mine, theirs }: Sides, path: string): unknown {
    if (isEqual(mine, theirs) || isEqual(base, theirs)) return mine
    if (isJson(mine) && isJson(theirs)) {
      return mergeKeys({ base: isJson(base) ? base : {}, mine, theirs }, path)
    }
    const lists = { base: base ?? [], mine, theirs }
    if (areNamed(lists)) return mergeNamed(lists, path)
    if (isEqual(base, mine)) {
      taken.push(path)
      return theirs
    }
    conflicts.push({ path, base, mine, theirs })
    return choices.get(path) === 'theirs' ? theirs : mine
  }

  function mergeKeys(sides: { base: Json; mine: Json; theirs: Json }, path: string): Json {
    const { base, mine, theirs } = sides
    const merged: Json = {}
    // In the cluster's order, so that only changes look like changes.
    for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
      const child = { base: base[key], mine: mine[key], theirs: theirs[key] }
      const value = merge(child, path === '' ? key : `${path}.${key}`)
      if (value !== undefined) merged[key] = value
    }
    return merged
  }

  function mergeNamed(sides: NamedLists, path: string): unknown[] {
    const { base, mine, theirs } = sides
    const hasMoved = { mine: isReordered(base, mine), theirs: isReordered(base, theirs) }
    if (hasMoved.mine && hasMoved.theirs && isReordered(mine, theirs)) {
      conflicts.push({ path, base, mine, theirs })
      return [...(choices.get(path) === 'theirs' ? theirs : mine)]
    }
    if (hasMoved.theirs && !hasMoved.mine) taken.push(path)
    const isMineInOrder = isEqual(namesOf(base), namesOf(mine))
    const isTheirsFirst = !hasMoved.mine && (hasMoved.theirs || isMineInOrder)
    const lists = isTheirsFirst ? [theirs, mine] : [mine, theirs]
    return [...new Set(lists.flatMap(namesOf))].flatMap((name) => {
      const of = (list: readonly Named[]) => list.find((each) => each.name === name)
      const child = { base: of(base), mine: of(mine), theirs: of(theirs) }
      const value = merge(child, `${path}[${name}]`)
      return value === undefined ? [] : [value]
    })
  }

  return { value: merge(sides, ''), conflicts, taken }
}

type Named = Json & { name: string }
interface NamedLists {
  base: readonly Named[]
  mine: readonly Named[]
  theirs: readonly Named[]
}

const namesOf = (list: readonly Named[]): string[] => list.map(({ name }) => name)

/** Whether what is in both lists has another order in each: of disks, it may be the boot order. */
function isReordered(before: readonly Named[], after: readonly Named[]): boolean {
  const [there, here] = [new Set(namesOf(before)), new Set(namesOf(after))]
  return !isEqual(
    namesOf(before).filter((name) => here.has(name)),
    namesOf(after).filter((name) => there.has(name)),
  )
}

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function areNamed(lists: Sides): lists is Sides & NamedLists {
  return [lists.base, lists.mine, lists.theirs].every((list) => {
    if (!Array.isArray(list)) return false
    const names = list.map((item: unknown) => (isJson(item) ? item['name'] : undefined))
    const areTexts = names.every((name) => typeof name === 'string')
    return areTexts && new Set(names).size === names.length
  })
}
