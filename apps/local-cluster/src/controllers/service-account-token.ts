import type { IoK8sApiAuthenticationV1TokenRequest as TokenRequest } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { keyOf, pathOf, RESOURCES } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, unlessGone, type Controller } from './controller.ts'
import { IndexBy } from './index-by.ts'
import type { Secret, ServiceAccount } from './informers.ts'

const TYPE = 'kubernetes.io/service-account-token'
const NAME = 'kubernetes.io/service-account.name'
const UID = 'kubernetes.io/service-account.uid'
/** A real cluster's tokens of this kind never end; ours last longer than the cluster. */
const LIFE_SECONDS = 10 * 365 * 24 * 3600

/** Fills secrets that ask for a service account's token, and deletes them with the account. */
export function serviceAccountTokenController(context: ControllerContext): Controller {
  const { client, informers, certificateAuthority } = context
  const accounts = informers.serviceAccounts()
  const secrets = informers.of<Secret>(RESOURCES.secrets)
  const secretsOf = new IndexBy(secrets, (secret) => {
    const account = accountKeyOf(secret)
    return account === undefined ? [] : [account]
  })

  return {
    name: 'service-account-token',
    sources: [
      changesOf(secrets, (secret) => (accountKeyOf(secret) ? [keyOf(secret)] : [])),
      changesOf(accounts, (account) => secretsOf.keys(keyOf(account))),
    ],
    reconcile: async (key) => {
      const secret = secrets.get(key)
      const accountKey = secret && accountKeyOf(secret)
      if (!secret || accountKey === undefined || secret.metadata?.deletionTimestamp) return
      const account = accounts.get(accountKey)
      const uid = secret.metadata?.annotations?.[UID]
      if (!account || (uid !== undefined && uid !== account.metadata?.uid)) {
        await remove(secret)
        return
      }
      if (uid !== undefined && secret.data?.['token']) return
      await fill(secret, account)
    },
  }

  async function remove({ metadata }: Secret): Promise<void> {
    const { namespace, name = '', uid = '' } = metadata ?? {}
    const options = { preconditions: { uid } }
    await unlessGone(client.delete(RESOURCES.secrets, { namespace, name }, options))
  }

  async function fill(secret: Secret, account: ServiceAccount): Promise<void> {
    const { namespace = '', name = '', resourceVersion } = secret.metadata ?? {}
    const token = await tokenFor(account, name)
    const data = {
      'ca.crt': encode(certificateAuthority),
      namespace: encode(namespace),
      token: encode(token),
    }
    const annotations = { [UID]: account.metadata?.uid ?? '' }
    const patch = { metadata: { resourceVersion, annotations }, data }
    await unlessGone(client.patch(RESOURCES.secrets, { namespace, name }, patch))
  }

  async function tokenFor({ metadata }: ServiceAccount, secret: string): Promise<string> {
    const { namespace, name = '' } = metadata ?? {}
    const response = await client.request({
      method: 'POST',
      path: pathOf(RESOURCES.serviceAccounts, { namespace, name, subresource: 'token' }),
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: {
          expirationSeconds: LIFE_SECONDS,
          boundObjectRef: { apiVersion: 'v1', kind: 'Secret', name: secret },
        },
      }),
    })
    const { status } = JSON.parse(await response.text()) as TokenRequest
    return status?.token ?? ''
  }
}

const encode = (text: string): string => Buffer.from(text).toString('base64')

function accountKeyOf({ type, metadata }: Secret): string | undefined {
  const name = metadata?.annotations?.[NAME]
  return type === TYPE && name ? `${metadata?.namespace}/${name}` : undefined
}
