import { finding, type Finding } from './problem.ts'

const NUMBER = /^\d+(\.\d+)?$/
const NEGATIVE = /^-\d+(\.\d+)?$/

/** KubeVirt refuses guests below one megabyte. */
const MIN_MEMORY_BYTES = 1e6

export const MEMORY_UNITS = { Mi: 1024 ** 2, Gi: 1024 ** 3 } as const
export type MemoryUnit = keyof typeof MEMORY_UNITS

/** A number above zero, as somebody typed it. */
function positiveFindings(value: string): Finding[] {
  const text = value.trim()
  if (text === '') return [{ code: 'required' }]
  if (NEGATIVE.test(text)) return [{ code: 'notPositive' }]
  if (!NUMBER.test(text)) return [{ code: 'notANumber', parameters: { value: text } }]
  return finding(Number(text) === 0, 'notPositive')
}

function wholeFindings(value: string): Finding[] {
  const findings = positiveFindings(value)
  return findings.length > 0 ? findings : finding(value.includes('.'), 'notWhole')
}

/** A number of virtual CPUs. */
export const cpuFindings = (value: string): Finding[] => wholeFindings(value)

/** The size of a disk in GiB. */
export const diskSizeFindings = (value: string): Finding[] => positiveFindings(value)

/** A guest's memory in the given unit. */
export function memoryFindings(value: string, unit: MemoryUnit): Finding[] {
  const findings = positiveFindings(value)
  if (findings.length > 0) return findings
  return finding(Number(value) * MEMORY_UNITS[unit] < MIN_MEMORY_BYTES, 'tooLittleMemory')
}

const MAX_PORT = 65535

/** F-50: a port of the guest. */
export function portFindings(value: string): Finding[] {
  const findings = wholeFindings(value)
  if (findings.length > 0) return findings
  return finding(Number(value) > MAX_PORT, 'port.outOfRange', { max: MAX_PORT })
}
