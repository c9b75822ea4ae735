import { parseDocument } from 'yaml'
import { cloudInitOf } from './edit/cloud-init.ts'
import type { VirtualMachine } from './types.ts'

/** The user that a VM's cloud-init makes, where it says so; most images have another default. */
export function guestUserOf(virtualMachine: VirtualMachine): string | undefined {
  const userData = cloudInitOf(virtualMachine)?.userData
  if (!userData?.startsWith('#cloud-config')) return undefined
  const data: unknown = parseDocument(userData).toJS()
  if (typeof data !== 'object' || data === null) return undefined
  const { user, users } = data as { user?: unknown; users?: unknown }
  const named = Array.isArray(users) ? users.map(nameOf).find((name) => name !== 'default') : ''
  return nameOf(user) ?? (named || undefined)
}

/** cloud-init takes a name, or an object with one. */
function nameOf(user: unknown): string | undefined {
  if (typeof user === 'string') return user
  const { name } = (user ?? {}) as { name?: unknown }
  return typeof name === 'string' ? name : undefined
}
