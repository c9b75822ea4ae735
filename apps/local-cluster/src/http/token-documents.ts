import { ISSUER } from '../access/service-account-tokens.ts'
import type { Cluster } from './cluster.ts'

/** How others verify the tokens of service accounts: OpenID's discovery documents. */
export function tokenDocument(
  path: string,
  { tokenKeys, address }: Cluster,
): { contentType: string; body: string } | undefined {
  if (path === '/openid/v1/jwks') {
    return { contentType: 'application/jwk-set+json', body: JSON.stringify(tokenKeys) }
  }
  if (path !== '/.well-known/openid-configuration') return undefined
  const document = {
    issuer: ISSUER,
    jwks_uri: `https://${address()}/openid/v1/jwks`,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
  }
  return { contentType: 'application/json', body: JSON.stringify(document) }
}
