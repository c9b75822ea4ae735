const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Whether everything that is asked for is there: admission and virt-controller may have added
 * more to objects. An empty object or list asks for nothing.
 */
export function contains(actual: unknown, asked: unknown): boolean {
  if (asked === undefined || asked === null) return true
  if (Array.isArray(asked)) {
    if (asked.length === 0) return true
    return (
      Array.isArray(actual) &&
      actual.length === asked.length &&
      asked.every((item, index) => contains(actual[index], item))
    )
  }
  if (!isObject(asked)) return actual === asked
  const keys = Object.keys(asked)
  if (keys.length === 0) return true
  return isObject(actual) && keys.every((key) => contains(actual[key], asked[key]))
}

/** Equal but for what says nothing: undefined, empty lists and empty objects. */
export const isSame = (one: unknown, other: unknown): boolean =>
  contains(one, other) && contains(other, one)
