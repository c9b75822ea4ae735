import type { Duplex } from 'node:stream'
import { CONSOLE_SUBPROTOCOL, type AccessCheck } from '@virtdeck/bff-contract'
import { SUBRESOURCES_GROUP, virtualMachineSubresourcePath } from '@virtdeck/kubernetes'
import { forbidden } from '../../../access/access-reviews.ts'
import type { UserSession } from '../../../identity/session.ts'
import { nameOf, type SpliceDependencies } from './open-splice.ts'
import { refusalOf } from './refusal.ts'

/** Whoever may forward a port of the VMI that a route names. */
export function portForwardCheck(params: Record<string, string | undefined>) {
  return {
    verb: 'get',
    group: SUBRESOURCES_GROUP,
    resource: 'virtualmachineinstances',
    subresource: 'portforward',
    namespace: nameOf(params['namespace']),
    name: nameOf(params['name']),
  } as const satisfies AccessCheck
}

export type PortForwardCheck = ReturnType<typeof portForwardCheck>

interface PortOptions {
  session: UserSession
  check: PortForwardCheck
  port: number
}

/** A guest's port, for a user who may forward it and has a place left. */
export async function openPort(
  { upstream, access, limits }: SpliceDependencies,
  { session, check, port }: PortOptions,
): Promise<{ stream: Duplex; release: () => void }> {
  if (!(await access.check(session, check)).allowed) throw forbidden(session, check)
  const release = limits.acquire(session)
  try {
    const { namespace, name, resource, subresource } = check
    const path = virtualMachineSubresourcePath({ resource, namespace, name, subresource })
    const opened = await upstream.openStream({
      credentials: session.credentials,
      path: `${path}/${port}/tcp`,
      protocol: CONSOLE_SUBPROTOCOL,
    })
    if (!opened.opened) throw refusalOf(opened)
    return { stream: opened.stream, release }
  } catch (error) {
    release()
    throw error
  }
}
