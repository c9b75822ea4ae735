import { statusErrors } from '@virtdeck/kubernetes'
import type { Authenticator } from './authentication.ts'
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
  metadata?: object
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

function attributesOf(spec: Record<string, unknown>, kind: string): AccessAttributes {
  const resource = spec['resourceAttributes'] as ResourceAttributes | undefined
  const path = spec['nonResourceAttributes'] as { path?: string; verb?: string } | undefined
  if ((resource === undefined) === (path === undefined)) {
    throw statusErrors.invalid({ group: 'authorization.k8s.io', kind }, '', [
      {
        reason: 'FieldValueInvalid',
        message:
          'Invalid value: "null": exactly one of nonResourceAttributes or resourceAttributes must be specified',
        field: 'spec.resourceAttributes',
      },
    ])
  }
  if (path !== undefined) return { verb: path.verb ?? '', path: path.path ?? '' }
  return { verb: '', ...resource }
}

const decision = (allowed: boolean): object => ({ status: { allowed } })

/** The user that a SubjectAccessReview names. */
function subjectOf(spec: Record<string, unknown>): User {
  const name = typeof spec['user'] === 'string' ? spec['user'] : ''
  const groups = Array.isArray(spec['groups']) ? spec['groups'].map(String) : []
  return { name, groups }
}

const AUTHORIZATION = 'authorization.k8s.io'
const AUTHENTICATION = 'authentication.k8s.io'

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
      decision(rbac.allows(user, attributesOf(spec, 'SelfSubjectAccessReview'))),
  },
  {
    group: AUTHORIZATION,
    version: 'v1',
    resource: 'subjectaccessreviews',
    kind: 'SubjectAccessReview',
    namespaced: false,
    answer: (spec, { rbac }) =>
      decision(rbac.allows(subjectOf(spec), attributesOf(spec, 'SubjectAccessReview'))),
  },
  {
    group: AUTHORIZATION,
    version: 'v1',
    resource: 'localsubjectaccessreviews',
    kind: 'LocalSubjectAccessReview',
    namespaced: true,
    answer: (spec, { rbac, namespace }) => {
      const attributes = attributesOf(spec, 'LocalSubjectAccessReview')
      return decision(rbac.allows(subjectOf(spec), { ...attributes, namespace }))
    },
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
      const user = authenticator.userOfToken(
        typeof spec['token'] === 'string' ? spec['token'] : '',
      )
      if (user === undefined) return { status: { user: {}, error: 'invalid bearer token' } }
      return {
        status: { authenticated: true, user: userInfo(user), audiences: spec['audiences'] },
      }
    },
  },
  {
    group: AUTHENTICATION,
    version: 'v1',
    resource: 'selfsubjectreviews',
    kind: 'SelfSubjectReview',
    namespaced: false,
    answer: (_, { user }) => ({ status: { userInfo: userInfo(user) } }),
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
  const { group, version, kind } = review
  const spec = body.spec ?? {}
  return {
    kind,
    apiVersion: `${group}/${version}`,
    metadata: {
      creationTimestamp: null,
      ...(managedFields === undefined ? {} : { managedFields }),
    },
    spec,
    ...review.answer(spec, context),
  }
}
