import type { Session } from '@virtdeck/bff-contract'
import type { Config } from '../config.ts'
import type { Upstream } from '../upstream/upstream.ts'
import { VERSION } from '../version.ts'
import type { UserSession } from './session.ts'

export interface SessionSurroundings {
  upstream: Upstream
  consoles: Config['consoles']
}

/** What the console may know of a session: everything but its credentials. */
export function describeSession(
  session: UserSession,
  { upstream, consoles }: SessionSurroundings,
): Session {
  const { credentials, user, expiresAt } = session
  const namespace =
    credentials.kind === 'own' ? upstream.namespace : serviceAccountNamespace(user.name)
  return {
    user,
    cluster: upstream.clusterName,
    version: VERSION,
    consoleIdleMinutes: consoles.idleMinutes,
    expiresAt: new Date(expiresAt).toISOString(),
    ...(namespace && { defaultNamespace: namespace }),
  }
}

/** A service account belongs to a namespace, and mostly works there. */
function serviceAccountNamespace(userName: string): string | undefined {
  return /^system:serviceaccount:([^:]+):/.exec(userName)?.[1]
}
