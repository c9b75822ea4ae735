import { RESOURCES, StatusError, type KubernetesClient } from '@virtdeck/kubernetes'
import { decodeJwt } from 'jose'
import { BffError } from '../errors.ts'
import type { Credentials } from '../upstream/credentials.ts'
import type { UserSession } from './session.ts'

interface SelfSubjectReview {
  apiVersion: string
  kind: string
  status?: { userInfo?: { username?: string; groups?: string[] } }
}

const ANONYMOUS = 'system:anonymous'

/** Asks the cluster who the credentials belong to; throws when it does not accept them. */
export async function whoAmI(
  client: KubernetesClient,
  credentials: Credentials,
): Promise<UserSession['user']> {
  try {
    const review = await client.create<SelfSubjectReview>(RESOURCES.selfSubjectReviews, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'SelfSubjectReview',
    })
    const { username = ANONYMOUS, groups = [] } = review.status?.userInfo ?? {}
    if (username === ANONYMOUS) throw new BffError('SignInRefused')
    return { name: username, groups }
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    if (error.code === 401) throw new BffError('SignInRefused')
    // Before Kubernetes 1.28 nobody answers this; anything that needs a valid token will do.
    if (error.code !== 404 && error.code !== 403) throw error
  }
  await requireAccepted(client)
  return { name: nameIn(credentials) ?? 'unknown user', groups: [] }
}

async function requireAccepted(client: KubernetesClient): Promise<void> {
  try {
    await client.create(RESOURCES.selfSubjectAccessReviews, {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { verb: 'list', resource: 'namespaces' } },
    })
  } catch (error) {
    // 403 is what an anonymous request gets: the token was not looked at.
    const refused = error instanceof StatusError && [401, 403].includes(error.code)
    throw refused ? new BffError('SignInRefused') : error
  }
}

/** Service account and OIDC tokens name their subject. */
function nameIn(credentials: Credentials): string | undefined {
  if (credentials.kind === 'own') return undefined
  try {
    return decodeJwt(credentials.token).sub
  } catch {
    return undefined
  }
}
