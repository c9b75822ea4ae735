import { statusErrors, type StatusCause } from '@virtdeck/kubernetes'
import { API_AUDIENCES, type Authenticator } from './authentication.ts'
import type { AccessAttributes } from './rbac-rules.ts'
import type { Rbac } from './rbac.ts'
import type { User } from './user.ts'

/** What answering a review needs. */
export interface ReviewContext {
  rbac: Rbac
  authenticator: Authenticator
  user: User
  /** Of the URL, for LocalSubjectAccessReview. */
  namespace: string
}

interface ReviewObject {
  apiVersion?: string
  kind?: string
  metadata?: Record<string, unknown>
  spec?: Record<string, unknown>
}

/** A kind that is only asked, never stored. */
export interface Review {
  group: string
  version: string
  resource: string
  kind: string
  namespaced: boolean
  answer: (spec: Record<string, unknown>, context: ReviewContext) => object
}

interface ResourceAttributes {
  namespace?: string
  verb?: string
  group?: string
  resource?: string
  subresource?: string
  name?: string
}

const AUTHORIZATION = 'authorization.k8s.io'
const AUTHENTICATION = 'authentication.k8s.io'

const invalid = (field: string, value: string, text: string): StatusCause => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${value}: ${text}`,
  field,
})

/** 422 of an access review. A real one has forgotten the kind by then, and its answer shows it. */
const refused = (causes: StatusCause[]): Error =>
  statusErrors.invalid({ group: AUTHORIZATION, kind: '' }, '', causes)

interface PathAttributes {
  path?: string
  verb?: string
}

const printedPath = ({ path = '', verb = '' }: PathAttributes): string =>
  `authorization.NonResourceAttributes{Path:${JSON.stringify(path)}, Verb:${JSON.stringify(verb)}}`

function attributeCauses(spec: Record<string, unknown>): StatusCause[] {
  const path = spec['nonResourceAttributes'] as PathAttributes | undefined
  const one = 'exactly one of nonResourceAttributes or resourceAttributes must be specified'
  const both = 'cannot be specified in combination with resourceAttributes'
  if (spec['resourceAttributes'] === undefined) {
    return path === undefined ? [invalid('spec.resourceAttributes', '"null"', one)] : []
  }
  return path === undefined
    ? []
    : [invalid('spec.nonResourceAttributes', printedPath(path), both)]
}

function subjectCauses(spec: Record<string, unknown>): StatusCause[] {
  const { name, groups } = subjectOf(spec)
  const text = 'at least one of user or group must be specified'
  return name === '' && groups.length === 0 ? [invalid('spec.user', '""', text)] : []
}

function localCauses(spec: Record<string, unknown>, namespace: string): StatusCause[] {
  const resource = spec['resourceAttributes'] as ResourceAttributes | undefined
  const path = spec['nonResourceAttributes'] as PathAttributes | undefined
  const causes: StatusCause[] = []
  if (resource !== undefined && (resource.namespace ?? '') !== namespace) {
    causes.push(
      invalid(
        'spec.resourceAttributes.namespace',
        JSON.stringify(resource.namespace ?? ''),
        'must match metadata.namespace',
      ),
    )
  }
  if (path !== undefined) {
    const text = 'disallowed on this kind of request'
    causes.push(invalid('spec.nonResourceAttributes', printedPath(path), text))
  }
  return causes
}

function attributesOf(spec: Record<string, unknown>): AccessAttributes {
  const path = spec['nonResourceAttributes'] as PathAttributes | undefined
  if (path !== undefined) return { verb: path.verb ?? '', path: path.path ?? '' }
  return { verb: '', ...(spec['resourceAttributes'] as ResourceAttributes) }
}

/** The decision on what a spec asks about, unless the spec is refused. */
function decision(
  rbac: Rbac,
  user: User,
  { spec, causes }: { spec: Record<string, unknown>; causes: StatusCause[] },
): object {
  if (causes.length > 0) throw refused(causes)
  const { allowed, reason } = rbac.decide(user, attributesOf(spec))
  return { status: { allowed, ...(reason === '' ? {} : { reason }) } }
}

/** The user that a SubjectAccessReview names. */
function subjectOf(spec: Record<string, unknown>): User {
  const name = typeof spec['user'] === 'string' ? spec['user'] : ''
  const groups = Array.isArray(spec['groups']) ? spec['groups'].map(String) : []
  return { name, groups }
}

function userInfo({ name, groups, uid, extra }: User): object {
  return {
    username: name,
    ...(uid === undefined ? {} : { uid }),
    groups,
    ...(extra === undefined ? {} : { extra }),
  }
}

export const REVIEWS: Review[] = [
  {
    group: AUTHORIZATION,
    version: 'v1',
    resource: 'selfsubjectaccessreviews',
    kind: 'SelfSubjectAccessReview',
    namespaced: false,
    answer: (spec, { rbac, user }) =>
      decision(rbac, user, { spec, causes: attributeCauses(spec) }),
  },
  {
    group: AUTHORIZATION,
    version: 'v1',
    resource: 'subjectaccessreviews',
    kind: 'SubjectAccessReview',
    namespaced: false,
    answer: (spec, { rbac }) =>
      decision(rbac, subjectOf(spec), {
        spec,
        causes: [...attributeCauses(spec), ...subjectCauses(spec)],
      }),
  },
  {
    group: AUTHORIZATION,
    version: 'v1',
    resource: 'localsubjectaccessreviews',
    kind: 'LocalSubjectAccessReview',
    namespaced: true,
    answer: (spec, { rbac, namespace }) =>
      decision(rbac, subjectOf(spec), {
        spec,
        causes: [
          ...attributeCauses(spec),
          ...subjectCauses(spec),
          ...localCauses(spec, namespace),
        ],
      }),
  },
  {
    group: AUTHORIZATION,
    version: 'v1',
    resource: 'selfsubjectrulesreviews',
    kind: 'SelfSubjectRulesReview',
    namespaced: false,
    answer: (spec, { rbac, user }) => {
      const namespace = typeof spec['namespace'] === 'string' ? spec['namespace'] : ''
      if (namespace === '') throw statusErrors.badRequest('no namespace on request')
      const rules = rbac.rulesOf(user, namespace)
      const resourceRules = rules
        .filter(({ nonResourceURLs = [] }) => nonResourceURLs.length === 0)
        .map(({ verbs, apiGroups, resources, resourceNames }) => ({
          verbs,
          apiGroups,
          resources,
          resourceNames,
        }))
      const nonResourceRules = rules
        .filter(({ nonResourceURLs = [] }) => nonResourceURLs.length > 0)
        .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs }))
      // A real API server answers the spec of this review empty.
      return { spec: {}, status: { resourceRules, nonResourceRules, incomplete: false } }
    },
  },
  {
    group: AUTHENTICATION,
    version: 'v1',
    resource: 'tokenreviews',
    kind: 'TokenReview',
    namespaced: false,
    answer: (spec, { authenticator }) => {
      const token = typeof spec['token'] === 'string' ? spec['token'] : ''
      if (token === '') {
        throw statusErrors.badRequest('token is required for TokenReview in authentication')
      }
      const asked = Array.isArray(spec['audiences']) ? spec['audiences'].map(String) : []
      const known = authenticator.userOfToken(token, asked.length === 0 ? API_AUDIENCES : asked)
      if (known === undefined) return { status: { user: {}, error: 'invalid bearer token' } }
      const { user, audiences } = known
      return { status: { authenticated: true, user: userInfo(user), audiences } }
    },
  },
  {
    group: AUTHENTICATION,
    version: 'v1',
    resource: 'selfsubjectreviews',
    kind: 'SelfSubjectReview',
    namespaced: false,
    answer: (_, { user }) => ({ spec: undefined, status: { userInfo: userInfo(user) } }),
  },
]

export function findReview(
  group: string,
  version: string,
  resource: string,
): Review | undefined {
  return REVIEWS.find(
    (review) =>
      review.group === group && review.version === version && review.resource === resource,
  )
}

/** The answer to a posted review: the review with its status. */
export function answerReview(
  review: Review,
  body: ReviewObject,
  context: ReviewContext,
  managedFields: object[] | undefined,
): object {
  const { group, version, kind, namespaced } = review
  const spec = body.spec ?? {}
  return {
    kind,
    apiVersion: `${group}/${version}`,
    metadata: {
      ...(namespaced ? { namespace: context.namespace } : {}),
      creationTimestamp: null,
      ...(managedFields === undefined || managedFields.length === 0 ? {} : { managedFields }),
    },
    spec,
    ...review.answer(spec, context),
  }
}
