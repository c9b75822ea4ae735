import { parseQuantity } from '@virtdeck/kubernetes'
import type { VirtualMachine } from '../types.ts'

/** Where a VM carries the rules of the template it came from. */
export const VALIDATIONS_ANNOTATION = 'vm.kubevirt.io/validations'

/** A rule in the annotation, as KubeVirt's common templates write it; unknown keys are ignored. */
interface ValidationRule {
  name?: string
  /** `jsonpath::.spec.domain.memory.guest`, seen from the VM's instance template. */
  path?: string
  rule?: string
  message?: string
  min?: number
  max?: number
  minLength?: number
  maxLength?: number
  regex?: string
  values?: string[]
  /** The rule counts only where this path exists. */
  valid?: string
  justWarning?: boolean
}

/** A rule that a VM breaks. */
export interface BrokenRule {
  name: string
  /** The template's own words. */
  message: string
  /** Path in the VM: `spec.domain.memory.guest`. */
  field: string
  isWarning: boolean
}

/** A text that is no list of rules is no reason to refuse a VM: KubeVirt ignores it too. */
function rulesOf(virtualMachine: VirtualMachine): ValidationRule[] {
  const text = virtualMachine.metadata?.annotations?.[VALIDATIONS_ANNOTATION]
  if (text === undefined) return []
  try {
    const rules: unknown = JSON.parse(text)
    return Array.isArray(rules) ? (rules as ValidationRule[]) : []
  } catch {
    return []
  }
}

/** The rules of its template that a VM breaks, in the order they are written. */
export function brokenRules(virtualMachine: VirtualMachine): BrokenRule[] {
  const { template } = virtualMachine.spec
  return rulesOf(virtualMachine).flatMap((rule) => {
    const path = pathOf(rule.path)
    if (path === undefined) return []
    const guard = pathOf(rule.valid)
    if (guard !== undefined && valuesAt(template, guard).length === 0) return []
    const isBroken = valuesAt(template, path).some((value) => !satisfies(value, rule))
    if (!isBroken) return []
    return {
      name: rule.name ?? '',
      message: rule.message ?? '',
      field: path.join('.'),
      isWarning: rule.justWarning === true,
    }
  })
}

const pathOf = (path: string | undefined): string[] | undefined =>
  path?.replace(/^jsonpath::\.?/, '').split('.')

/** All values at a path; `disks[*]` means each of a list. */
function valuesAt(object: unknown, path: readonly string[]): unknown[] {
  let found: unknown[] = [object]
  for (const part of path) {
    const [, key = part, index] = /^([^[]+)(?:\[(\*|\d+)\])?$/.exec(part) ?? []
    found = found.flatMap((value) => {
      const member = (value as Record<string, unknown> | null | undefined)?.[key]
      if (index === undefined) return member === undefined ? [] : [member]
      const items = Array.isArray(member) ? (member as unknown[]) : []
      return index === '*' ? items : items.slice(Number(index), Number(index) + 1)
    })
  }
  return found
}

function satisfies(value: unknown, rule: ValidationRule): boolean {
  switch (rule.rule) {
    case 'integer': {
      const number = parseQuantity(String(value))
      if (number === undefined) return false
      return number >= (rule.min ?? -Infinity) && number <= (rule.max ?? Infinity)
    }
    case 'string': {
      const { length } = String(value)
      return length >= (rule.minLength ?? 0) && length <= (rule.maxLength ?? Infinity)
    }
    case 'regex':
      return matches(String(value), rule.regex ?? '')
    case 'enum':
      return (rule.values ?? []).includes(String(value))
    default:
      return true
  }
}

/** Rules are written for Go; one that JavaScript cannot read forbids nothing. */
function matches(text: string, regex: string): boolean {
  try {
    return new RegExp(regex).test(text)
  } catch {
    return true
  }
}

/** The limits that the rules set for a quantity such as `spec.domain.memory.guest`. */
export function limitsOf(
  virtualMachine: VirtualMachine,
  field: string,
): { min?: number; max?: number } {
  const own = rulesOf(virtualMachine).filter(
    ({ path, rule, justWarning }) =>
      rule === 'integer' && !justWarning && pathOf(path)?.join('.') === field,
  )
  const min = Math.max(...own.map((rule) => rule.min ?? -Infinity))
  const max = Math.min(...own.map((rule) => rule.max ?? Infinity))
  return { ...(Number.isFinite(min) && { min }), ...(Number.isFinite(max) && { max }) }
}
