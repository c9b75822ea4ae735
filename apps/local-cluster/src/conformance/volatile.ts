/*
 * Values that differ from run to run become markers, so that everything else can be compared. A
 * value that is not of the right form stays as it is, and then differs.
 */
export const UID = '<uid>'
export const VERSION = '<version>'
export const TIME = '<time>'
export const AGE = '<age>'
export const ADDRESS = '<address>'
export const SUFFIX = '<suffix>'
export const HASH = '<hash>'
export const TOKEN = '<token>'

const UID_FORM = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const TIME_FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/
const AGE_FORM = /^(?:\d+[smhdy]){1,2}$/

const BY_FIELD: Record<string, [form: RegExp, marker: string]> = {
  resourceVersion: [/^\d+$/, VERSION],
  continue: [/^[\w=-]+$/, TOKEN],
  storageVersionHash: [/^[\w+/]{11}=$/, HASH],
  clusterIP: [/^\d+(?:\.\d+){3}$/, ADDRESS],
  clusterIPs: [/^\d+(?:\.\d+){3}$/, ADDRESS],
  serverAddress: [/^127\.0\.0\.1:\d+$/, ADDRESS],
  cells: [AGE_FORM, AGE],
}

/** Replaces the volatile values of an answer by their markers. */
export function settled(value: unknown, field = ''): unknown {
  if (field === 'managedFields' && Array.isArray(value)) {
    const entries = value as Record<string, unknown>[]
    return entries.toSorted(byManager).map((entry) => settled(entry))
  }
  if (Array.isArray(value)) return value.map((item) => settled(item, field))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [settledText(key), settled(child, key)]),
    )
  }
  if (field === 'nodePort' && typeof value === 'number') {
    return value >= 30_000 && value < 32_768 ? ADDRESS : value
  }
  if (typeof value !== 'string') return value
  const known = BY_FIELD[field]
  if (known?.[0].test(value) === true) return known[1]
  if (UID_FORM.test(value)) return UID
  if (TIME_FORM.test(value)) return TIME
  return settledText(value)
}

/** The server sorts entries by time; within a second that is chance. */
function byManager(first: Record<string, unknown>, second: Record<string, unknown>): number {
  const key = ({ manager, subresource = '', apiVersion }: Record<string, unknown>): string =>
    [manager, subresource, apiVersion].join(' ')
  return key(first) < key(second) ? -1 : 1
}

/** Uids and generated suffixes inside of texts and keys (`virt-launcher-vm-a-x7bqd`). */
function settledText(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, UID)
    .replaceAll(/\b(gen-|virt-launcher-vm-a-)[bcdfghjklmnpqrstvwxz2-9]{5}\b/g, `$1${SUFFIX}`)
    .replaceAll(/\.[0-9a-f]{16}$/g, `.${SUFFIX}`)
}
