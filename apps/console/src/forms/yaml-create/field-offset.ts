import { isMap, isScalar, isNode, isSeq, type YAMLMap } from 'yaml'

interface Step {
  node: unknown
  /** Where the step is in the text: a key, or an item's beginning. */
  offset: number | undefined
  /** What is left of the way. */
  rest: string
}

/** The node of a field such as `spec.disks[0].name`, if there is one. */
export function nodeAt(root: unknown, field: string): unknown {
  const steps = stepsTo(root, field)
  const last = steps.at(-1)
  return last?.rest === '' ? last.node : undefined
}

/** Where a field is in the text, or the last part of the way to it that exists. */
export function offsetOf(root: unknown, field: string): number | undefined {
  return stepsTo(root, field).findLast(({ offset }) => offset !== undefined)?.offset
}

function stepsTo(root: unknown, field: string): Step[] {
  const steps: Step[] = []
  let node = root
  let rest = field.replace(/^\./, '')
  while (rest !== '') {
    const step: Step | undefined = isMap(node)
      ? inMap(node, rest)
      : isSeq(node)
        ? inSequence(node.items, rest)
        : undefined
    if (!step) break
    steps.push(step)
    node = step.node
    rest = step.rest
  }
  return steps
}

/**
 * Keys may contain dots, as `annotations.kubevirt.io/os` or `annotations[kubevirt.io/os]`: the
 * longest key wins with which the way goes on.
 */
function inMap(map: YAMLMap, way: string): Step | undefined {
  const bracketed = /^\[([^\]]*)\]\.?(.*)$/s.exec(way)
  let best: (Step & { length: number }) | undefined
  for (const { key, value } of map.items) {
    if (!isScalar(key)) continue
    const name = String(key.value)
    const rest = bracketed
      ? bracketed[1] === name
        ? bracketed[2]
        : undefined
      : after(way, name)
    if (rest === undefined || (best && best.length >= name.length)) continue
    best = { node: value, offset: key.range?.[0], rest, length: name.length }
  }
  return best
}

/** Admission sometimes writes `disks[0].Name`. */
function after(way: string, name: string): string | undefined {
  const start = way.slice(0, name.length)
  if (name === '' || start.toLowerCase() !== name.toLowerCase()) return undefined
  const rest = way.slice(name.length)
  if (rest === '' || rest.startsWith('[')) return rest
  return rest.startsWith('.') ? rest.slice(1) : undefined
}

function inSequence(items: readonly unknown[], way: string): Step | undefined {
  const [, index, rest = ''] = /^\[?(\d+)\]?\.?(.*)$/s.exec(way) ?? []
  const node = index === undefined ? undefined : items[Number(index)]
  if (node === undefined) return undefined
  return { node, offset: isNode(node) ? node.range?.[0] : undefined, rest }
}
