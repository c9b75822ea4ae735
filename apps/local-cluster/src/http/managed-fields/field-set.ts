/**
 * A set of field paths in the form of FieldsV1: a tree whose keys are path elements (`f:name`,
 * `k:{"name":"a"}`, `v:"x"`). A node without children is a member of the set; one with children is
 * a member if it also has the child `.`.
 */
export interface FieldSet {
  [element: string]: FieldSet
}

const SELF = '.'

/** Whether the path that leads to this node is in the set itself. */
function isMember(node: FieldSet): boolean {
  for (const key in node) if (key !== SELF) return node[SELF] !== undefined
  return true
}

/** A node of these children; undefined when there is nothing to hold. */
export function nodeOf(member: boolean, children: FieldSet): FieldSet | undefined {
  for (const _ in children) return member ? { [SELF]: {}, ...children } : children
  return member ? {} : undefined
}

function children(node: FieldSet): [string, FieldSet][] {
  return Object.entries(node).filter(([key]) => key !== SELF)
}

export function isEmptySet(set: FieldSet): boolean {
  for (const _ in set) return false
  return true
}

/** Paths in either set. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  const result: FieldSet = { ...a }
  for (const [key, node] of children(b)) {
    const other = a[key]
    result[key] =
      other === undefined
        ? node
        : (nodeOf(isMember(other) || isMember(node), strip(union(other, node))) ?? {})
  }
  return result
}

function strip(node: FieldSet): FieldSet {
  const { [SELF]: member, ...rest } = node
  return member === undefined ? node : rest
}

/** Paths of `a` that are not in `b`. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  const result: FieldSet = {}
  for (const [key, node] of children(a)) {
    const other = b[key]
    const left =
      other === undefined
        ? node
        : nodeOf(isMember(node) && !isMember(other), strip(difference(node, other)))
    if (left !== undefined) result[key] = left
  }
  return result
}

/** Paths in both sets. */
export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  const result: FieldSet = {}
  for (const [key, node] of children(a)) {
    const other = b[key]
    if (other === undefined) continue
    const both = nodeOf(isMember(node) && isMember(other), strip(intersection(node, other)))
    if (both !== undefined) result[key] = both
  }
  return result
}

/** One element as it stands in a message: `.data`, `[name="a"]`, `[="x"]`. */
function elementText(element: string): string {
  const value = element.slice(2)
  if (element.startsWith('f:')) return `.${value}`
  if (element.startsWith('v:')) return `[=${value}]`
  const keys = JSON.parse(value) as Record<string, unknown>
  return `[${Object.entries(keys)
    .map(([name, key]) => `${name}=${JSON.stringify(key)}`)
    .join(',')}]`
}

/** The paths of a set as text, sorted as they are in the tree. */
export function pathTexts(set: FieldSet, prefix = ''): string[] {
  return children(set)
    .toSorted(([first], [second]) => (first < second ? -1 : 1))
    .flatMap(([key, node]) => {
      const path = prefix + elementText(key)
      return [...(isMember(node) ? [path] : []), ...pathTexts(node, path)]
    })
}

/** The set and everything above its members: who has a field in a map has a say about the map. */
export function withParents(set: FieldSet): FieldSet {
  const entries = Object.entries(set).map(([element, inner]): [string, FieldSet] => [
    element,
    isEmptySet(inner) ? inner : { '.': {}, ...withParents(inner) },
  ])
  return Object.fromEntries(entries)
}
