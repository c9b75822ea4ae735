const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const
const DECIMAL: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
}

const SYNTAX = /^([+-]?(?:\d+\.?\d*|\.\d+))([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/

/**
 * A Kubernetes quantity as a number in its base unit (bytes, cores); undefined if it is none.
 * Source: apimachinery `resource.Quantity`.
 */
export function parseQuantity(quantity: string | number): number | undefined {
  if (typeof quantity === 'number') return quantity
  const match = SYNTAX.exec(quantity)
  if (!match) return undefined
  const value = Number(match[1])
  const suffix = match[2] ?? ''
  const binary = BINARY.indexOf(suffix as (typeof BINARY)[number])
  if (binary > 0) return value * 1024 ** binary
  if (/^[eE][+-]?\d/.test(suffix)) return value * 10 ** Number(suffix.slice(1))
  const factor = DECIMAL[suffix]
  return factor === undefined ? undefined : value * factor
}

/** Bytes as the shortest exact-looking binary quantity for people: `1.5 GiB`, `512 MiB`. */
export function formatBytes(bytes: number): string {
  let exponent = 0
  let value = bytes
  while (Math.abs(value) >= 1024 && exponent < BINARY.length - 1) {
    value /= 1024
    exponent += 1
  }
  const digits = value >= 100 || Number.isInteger(value) ? 0 : 1
  return `${value.toFixed(digits)} ${BINARY[exponent]}B`
}

/** A quantity of bytes for people; what is none stays as it is. */
export function formatByteQuantity(quantity: string | undefined): string | undefined {
  const bytes = parseQuantity(quantity ?? '')
  return bytes === undefined ? quantity : formatBytes(bytes)
}

/** Bytes as an exact quantity: `2Gi`, `1536Mi`, `1000`. */
export function bytesToQuantity(bytes: number): string {
  let exponent = 0
  let value = bytes
  while (value >= 1024 && value % 1024 === 0 && exponent < BINARY.length - 1) {
    value /= 1024
    exponent += 1
  }
  return `${value}${BINARY[exponent]}`
}
