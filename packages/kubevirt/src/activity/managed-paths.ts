/** Fields as managedFields has them: `f:spec`, `k:{"name":"rootdisk"}`, `v:"x"`, `.`. */
interface FieldSet {
  [key: string]: FieldSet
}

/** Bookkeeping of clients and controllers, which nobody thinks of as a change. */
const BOOKKEEPING =
  /^metadata\.(finalizers|ownerReferences|managedFields|annotations\.(kubectl\.kubernetes\.io\/last-applied-configuration|kubevirt\.io\/(latest|storage)-observed-api-version))/

/** The paths of the fields that an entry of managedFields owns, without bookkeeping. */
export function managedPaths(fields: unknown): string[] {
  const paths = isFieldSet(fields) ? [...leavesOf(fields, '')] : []
  return paths.filter((path) => path !== '' && !BOOKKEEPING.test(path))
}

const isFieldSet = (value: unknown): value is FieldSet =>
  typeof value === 'object' && value !== null

function* leavesOf(fields: FieldSet, path: string): Generator<string> {
  const children = Object.entries(fields).filter(([key]) => key !== '.')
  if (children.length === 0) yield path
  for (const [key, child] of children) yield* leavesOf(child, path + segmentOf(key, path))
}

function segmentOf(key: string, path: string): string {
  const text = key.slice(2)
  switch (key.slice(0, 2)) {
    case 'f:':
      return path === '' ? text : `.${text}`
    case 'k:':
      return `[${keyOf(text)}]`
    case 'v:':
      return `[${text.replaceAll('"', '')}]`
    default:
      return `[${text}]`
  }
}

/** `{"name":"rootdisk"}` → `rootdisk`; of several keys, `port=80,protocol=TCP`. */
function keyOf(text: string): string {
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, unknown>)
    if (entries.length === 1) return String(entries[0]?.[1])
    return entries.map(([name, value]) => `${name}=${String(value)}`).join(',')
  } catch {
    return text
  }
}
