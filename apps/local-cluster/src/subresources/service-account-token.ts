import type { IoK8sApiAuthenticationV1TokenRequest as TokenRequest } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
import type { SubresourceHandler } from './subresource.ts'

const SERVICE_ACCOUNTS = { group: '', resource: 'serviceaccounts' }
const DEFAULT_AUDIENCE = 'https://kubernetes.default.svc.cluster.local'
const MIN_SECONDS = 600
const DEFAULT_SECONDS = 3600

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
    group: 'authentication.k8s.io',
    version: 'v1',
    verbs: ['create'],
  },
  handle: async (request) => {
    const { services, namespace, name } = request
    const serviceAccount = services.objects.find({ ...SERVICE_ACCOUNTS, namespace, name })
    if (!serviceAccount) throw statusErrors.notFound(SERVICE_ACCOUNTS, name)
    const body = ((await request.body()) ?? {}) as Partial<TokenRequest>
    const expirationSeconds = body.spec?.expirationSeconds ?? DEFAULT_SECONDS
    if (expirationSeconds < MIN_SECONDS) {
      throw statusErrors.invalid({ group: 'authentication.k8s.io', kind: 'TokenRequest' }, '', [
        {
          reason: 'FieldValueInvalid',
          message: `Invalid value: ${expirationSeconds}: may not specify a duration less than 10 minutes`,
          field: 'spec.expirationSeconds',
        },
      ])
    }
    const audiences = body.spec?.audiences?.length ? body.spec.audiences : [DEFAULT_AUDIENCE]
    const status = await services.issueServiceAccountToken({
      serviceAccount,
      audiences,
      expirationSeconds,
    })
    return {
      status: 201,
      body: {
        kind: 'TokenRequest',
        apiVersion: 'authentication.k8s.io/v1',
        metadata: { name, namespace, creationTimestamp: new Date().toISOString() },
        spec: {
          audiences,
          expirationSeconds,
          boundObjectRef: body.spec?.boundObjectRef ?? null,
        },
        status,
      },
    }
  },
}
