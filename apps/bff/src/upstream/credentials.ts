import { createHash } from 'node:crypto'

/**
 * As whom the BFF asks the cluster: the bearer token that somebody signed in with, or what
 * the BFF itself was started with (kubeconfig user or service account).
 */
export type Credentials = { kind: 'token'; token: string } | { kind: 'own' }

/**
 * Names the identity behind credentials without revealing it. Informers and access answers
 * are shared within one scope and never across.
 */
export function scopeOf(credentials: Credentials): string {
  if (credentials.kind === 'own') return 'own'
  return createHash('sha256').update(credentials.token).digest('base64url')
}
