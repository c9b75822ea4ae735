import { parseQuantity } from '@virtdeck/kubernetes'
import type { InstanceSpec } from './cause.ts'

/** A resource quantity of the domain as a number; absent ones count as 0, as in Go. */
export function amount(quantity: string | number | undefined): number {
  return quantity === undefined ? 0 : (parseQuantity(quantity) ?? 0)
}

export interface DomainResources {
  requests: { memory: number; cpu: number }
  limits: { memory: number; cpu: number }
}

export function domainResources({ domain }: InstanceSpec): DomainResources {
  const { requests, limits } = domain.resources ?? {}
  return {
    requests: { memory: amount(requests?.memory), cpu: amount(requests?.cpu) },
    limits: { memory: amount(limits?.memory), cpu: amount(limits?.cpu) },
  }
}

const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const DECIMAL = ['', 'k', 'M', 'G', 'T', 'P', 'E']

/** How Go prints a quantity: the largest suffix that leaves no fraction (`1024Mi` is `1Gi`). */
export function printQuantity(quantity: string | number | undefined): string {
  if (quantity === undefined) return '0'
  const binary = /[KMGTPE]i$/.test(String(quantity))
  const [base, suffixes] = binary ? [1024, BINARY] : [1000, DECIMAL]
  let value = amount(quantity)
  if (!Number.isInteger(value)) return `${Math.round(value * 1000)}m`
  let exponent = 0
  while (value !== 0 && value % base === 0 && exponent < suffixes.length - 1) {
    value /= base
    exponent++
  }
  return `${value}${suffixes[exponent]}`
}
