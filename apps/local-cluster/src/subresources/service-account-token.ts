import type { IoK8sApiAuthenticationV1TokenRequest as TokenRequest } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors, type StatusCause } from '@virtdeck/kubernetes'
import { ISSUER } from '../access/service-account-tokens.ts'
import { entriesOfPosted } from '../http/managed-fields/managed-fields.ts'
import type { SubresourceHandler, SubresourceRequest } from './subresource.ts'

const SERVICE_ACCOUNTS = { group: '', resource: 'serviceaccounts' }
const GROUP = 'authentication.k8s.io'
const MIN_SECONDS = 600
const MAX_SECONDS = 2 ** 32
const DEFAULT_SECONDS = 3600

type BoundReference = NonNullable<TokenRequest['spec']['boundObjectRef']>

/** `kubectl create token`. */
export const serviceAccountToken: SubresourceHandler = {
  ...SERVICE_ACCOUNTS,
  versions: ['v1'],
  subresource: 'token',
  scope: 'object',
  namespaced: true,
  methods: ['POST'],
  discovery: {
    kind: 'TokenRequest',
    group: GROUP,
    version: 'v1',
    verbs: ['create'],
  },
  handle: async (request) => {
    const { services, namespace, name } = request
    const body = ((await request.body()) ?? {}) as Partial<TokenRequest>
    const serviceAccount = services.objects.find({ ...SERVICE_ACCOUNTS, namespace, name })
    if (!serviceAccount) throw statusErrors.notFound(SERVICE_ACCOUNTS, name)
    const expirationSeconds = body.spec?.expirationSeconds ?? DEFAULT_SECONDS
    const causes = durationCauses(expirationSeconds)
    if (causes.length > 0) {
      throw statusErrors.invalid({ group: GROUP, kind: 'TokenRequest' }, '', causes)
    }
    const audiences = body.spec?.audiences?.length ? body.spec.audiences : [ISSUER]
    const reference = body.spec?.boundObjectRef ?? undefined
    const boundTo = reference && boundObject(request, reference)
    const issued = await services.issueServiceAccountToken({
      serviceAccount,
      audiences,
      expirationSeconds,
      ...(boundTo && { boundTo }),
    })
    const manager = (request.headers['user-agent'] ?? '').split('/')[0] || 'unknown'
    const apiVersion = `${GROUP}/v1`
    const fields = { spec: { ...body.spec, expirationSeconds } }
    return {
      status: 201,
      body: {
        kind: 'TokenRequest',
        apiVersion,
        metadata: {
          name,
          namespace,
          creationTimestamp: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
          managedFields: entriesOfPosted(fields, { apiVersion, manager, subresource: 'token' }),
        },
        spec: { audiences, expirationSeconds, boundObjectRef: reference ?? null },
        status: issued,
      },
    }
  },
}

function durationCauses(seconds: number): StatusCause[] {
  const field = 'spec.expirationSeconds'
  const cause = (text: string): StatusCause[] => [
    { reason: 'FieldValueInvalid', message: `Invalid value: ${seconds}: ${text}`, field },
  ]
  if (seconds < MIN_SECONDS) return cause('may not specify a duration less than 10 minutes')
  return seconds > MAX_SECONDS
    ? cause('may not specify a duration larger than 2^32 seconds')
    : []
}

/** The pod or secret that a token shall be bound to; throws what a kube-apiserver says of others. */
function boundObject(
  { services, namespace, name }: SubresourceRequest,
  reference: BoundReference,
): { kind: 'Pod' | 'Secret'; name: string; uid: string } {
  const { kind, apiVersion = 'v1', name: boundName = '', uid: wanted } = reference
  if (apiVersion !== 'v1' || (kind !== 'Pod' && kind !== 'Secret')) {
    const [version = '', group = ''] = apiVersion.split('/').toReversed()
    throw statusErrors.badRequest(
      `cannot bind token for object of type ${group}/${version}, Kind=${kind}`,
    )
  }
  const bound = { group: '', resource: `${kind.toLowerCase()}s` }
  const object = services.objects.find({ ...bound, namespace, name: boundName })
  if (!object) throw statusErrors.notFound(bound, boundName)
  const { spec } = object as { spec?: { serviceAccountName?: string } }
  if (kind === 'Pod' && spec?.serviceAccountName !== name) {
    throw statusErrors.badRequest(
      `cannot bind token for serviceaccount ${JSON.stringify(name)} to pod running with different serviceaccount name.`,
    )
  }
  const uid = object.metadata?.uid ?? ''
  if (wanted && wanted !== uid) {
    throw statusErrors.conflict(
      { group: '', resource: kind },
      boundName,
      `the UID in the bound object reference (${wanted}) does not match the UID in record. The object might have been deleted and then recreated`,
    )
  }
  return { kind, name: boundName, uid }
}
