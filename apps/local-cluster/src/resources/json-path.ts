type Step =
  | { kind: 'field'; name: string }
  | { kind: 'index'; index: number }
  | { kind: 'filter'; field: string; value: string }

/**
 * The part of JSONPath that printer columns use: fields, indexes and
 * `[?(@.type=='Ready')]`; the first match wins.
 */
export function jsonPath(path: string): (object: unknown) => unknown {
  const steps = parse(path)
  return (object) => {
    let current = object
    for (const step of steps) {
      if (current === undefined || current === null) return undefined
      current = take(current, step)
    }
    return current
  }
}

function take(value: unknown, step: Step): unknown {
  switch (step.kind) {
    case 'field':
      return (value as Record<string, unknown>)[step.name]
    case 'index':
      return Array.isArray(value) ? value.at(step.index) : undefined
    case 'filter':
      return Array.isArray(value)
        ? value.find((item: Record<string, unknown>) => item[step.field] === step.value)
        : undefined
    default:
      return step satisfies never
  }
}

const STEP = /\.([\w-]+)|\[(-?\d+)\]|\[\?\(@\.([\w-]+)\s*==\s*['"]([^'"]*)['"]\)\]/y

function parse(path: string): Step[] {
  const steps: Step[] = []
  STEP.lastIndex = 0
  while (STEP.lastIndex < path.length) {
    const at = STEP.lastIndex
    const match = STEP.exec(path)
    if (!match) throw new Error(`cannot read the JSONPath "${path}" at ${at}`)
    const [, name, index, field, value] = match
    if (name !== undefined) steps.push({ kind: 'field', name })
    else if (index !== undefined) steps.push({ kind: 'index', index: Number(index) })
    else steps.push({ kind: 'filter', field: field ?? '', value: value ?? '' })
  }
  return steps
}
