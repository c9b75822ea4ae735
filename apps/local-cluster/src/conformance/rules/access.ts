import { expect } from 'vitest'
import { failure, forbidden, invalid, notFound, type Exchange } from '../exchange.ts'
import { managed, metadata } from '../objects.ts'
import { TIME } from '../volatile.ts'

const RBAC = 'rbac.authorization.k8s.io'
const AUTHORIZATION = 'authorization.k8s.io'
const AUTHENTICATION = 'authentication.k8s.io'
const DEVELOPMENT = '/api/v1/namespaces/development'
const text = expect.any(String) as unknown

type Answer = Pick<Exchange, 'status' | 'answer'>
const get = (name: string, path: string, more: Partial<Exchange> & Answer): Exchange => ({
  name,
  method: 'GET',
  path,
  ...more,
})
const cannot = (
  resource: string,
  user: string,
  what: string,
  where = 'at the cluster scope',
  name = '',
): Answer => forbidden(resource, name, `User "${user}" cannot ${what} ${where}`)
const inDefault = 'in the namespace "default"'

const refusals: Exchange[] = [
  get('the developer elsewhere', '/api/v1/namespaces/default/secrets', {
    as: 'developer',
    ...cannot('secrets', 'developer', 'list resource "secrets" in API group ""', inDefault),
  }),
  get('the developer and one object', '/api/v1/namespaces/default/secrets/x', {
    as: 'developer',
    ...cannot('secrets', 'developer', 'get resource "secrets" in API group ""', inDefault, 'x'),
  }),
  get('the developer and a watch', '/apis/kubevirt.io/v1/virtualmachines?watch=1', {
    as: 'developer',
    ...cannot(
      'virtualmachines.kubevirt.io',
      'developer',
      'watch resource "virtualmachines" in API group "kubevirt.io"',
    ),
  }),
  {
    name: 'the developer and a subresource',
    method: 'PUT',
    path: '/apis/subresources.kubevirt.io/v1/namespaces/default/virtualmachines/x/start',
    as: 'developer',
    body: {},
    ...cannot(
      'virtualmachines.subresources.kubevirt.io',
      'developer',
      'update resource "virtualmachines/start" in API group "subresources.kubevirt.io"',
      inDefault,
      'x',
    ),
  },
  {
    name: 'the developer and a collection',
    method: 'DELETE',
    path: '/api/v1/nodes',
    as: 'developer',
    ...cannot('nodes', 'developer', 'deletecollection resource "nodes" in API group ""'),
  },
  get('a path', '/metrics', {
    as: 'developer',
    ...failure(403, 'Forbidden', 'forbidden: User "developer" cannot get path "/metrics"', {}),
  }),
  get('a path of nobody', '/apis', {
    as: null,
    ...failure(
      403,
      'Forbidden',
      'forbidden: User "system:anonymous" cannot get path "/apis"',
      {},
    ),
  }),
  get('health is for everybody', '/livez', {
    as: null,
    status: 200,
    contentType: 'text/plain; charset=utf-8',
    answer: 'ok',
  }),
  get('nobody knows the resource either', '/apis/example.com/v1/widgets', {
    as: 'developer',
    ...cannot(
      'widgets.example.com',
      'developer',
      'list resource "widgets" in API group "example.com"',
    ),
  }),
]

const impersonate = (
  name: string,
  headers: Record<string, string>,
  more: Partial<Exchange> & Answer,
): Exchange => get(name, '/api/v1/namespaces', { headers, as: 'developer', ...more })

const impersonation: Exchange[] = [
  impersonate(
    'being another user',
    { 'impersonate-user': 'eve' },
    {
      ...cannot(
        'users',
        'developer',
        'impersonate resource "users" in API group ""',
        undefined,
        'eve',
      ),
    },
  ),
  impersonate(
    'being a service account',
    { 'impersonate-user': 'system:serviceaccount:default:default' },
    cannot(
      'serviceaccounts',
      'developer',
      'impersonate resource "serviceaccounts" in API group ""',
      inDefault,
      'default',
    ),
  ),
  {
    ...impersonate(
      'being in a group',
      {
        'impersonate-user': 'system:serviceaccount:development:default',
        'impersonate-group': 'system:masters',
      },
      cannot(
        'groups',
        'developer',
        'impersonate resource "groups" in API group ""',
        undefined,
        'system:masters',
      ),
    ),
  },
  impersonate(
    'with something extra',
    {
      'impersonate-user': 'system:serviceaccount:development:default',
      'impersonate-extra-example.com%2Fscopes': 'view',
    },
    cannot(
      'userextras.authentication.k8s.io',
      'developer',
      'impersonate resource "userextras/example.com/scopes" in API group "authentication.k8s.io"',
      undefined,
      'view',
    ),
  ),
  impersonate(
    'with a uid',
    {
      'impersonate-user': 'system:serviceaccount:development:default',
      'impersonate-uid': 'u1',
    },
    cannot(
      'uids.authentication.k8s.io',
      'developer',
      'impersonate resource "uids" in API group "authentication.k8s.io"',
      undefined,
      'u1',
    ),
  ),
  impersonate(
    'a group of nobody',
    { 'impersonate-group': 'a' },
    {
      status: 500,
      contentType: 'text/plain; charset=utf-8',
      answer:
        'Internal Server Error: "/api/v1/namespaces": requested [{Group  a    }] without impersonating a user\n',
    },
  ),
  {
    name: 'who one is then',
    method: 'POST',
    path: `/apis/${AUTHENTICATION}/v1/selfsubjectreviews`,
    headers: {
      'impersonate-user': 'eve',
      'impersonate-group': 'a',
      'impersonate-uid': 'u1',
      'impersonate-extra-scopes': 'view',
    },
    body: { apiVersion: `${AUTHENTICATION}/v1`, kind: 'SelfSubjectReview' },
    status: 201,
    answer: {
      kind: 'SelfSubjectReview',
      apiVersion: `${AUTHENTICATION}/v1`,
      metadata: { creationTimestamp: null },
      status: {
        userInfo: {
          username: 'eve',
          uid: 'u1',
          groups: ['a', 'system:authenticated'],
          extra: { scopes: ['view'] },
        },
      },
    },
  },
]

const review = (
  name: string,
  kind: string,
  spec: object,
  more: Partial<Exchange> & Answer,
): Exchange => ({
  name,
  method: 'POST',
  path: `/apis/${AUTHORIZATION}/v1/${kind.toLowerCase()}s`,
  body: { apiVersion: `${AUTHORIZATION}/v1`, kind, spec },
  ...more,
})
const decided = (kind: string, spec: object, status: object): Answer => ({
  status: 201,
  answer: expect.objectContaining({ kind, spec, status }) as unknown,
})
const PODS = { verb: 'list', resource: 'pods', namespace: 'development' }
const SELF = 'SelfSubjectAccessReview'
const SUBJECT = 'SubjectAccessReview'
const ONE =
  'Invalid value: "null": exactly one of nonResourceAttributes or resourceAttributes must be specified'
const local = (name: string, spec: object, answer: Answer): Exchange => ({
  ...review(name, 'LocalSubjectAccessReview', spec, answer),
  path: `/apis/${AUTHORIZATION}/v1/namespaces/development/localsubjectaccessreviews`,
})

const reviews: Exchange[] = [
  review(
    'what the developer may',
    SELF,
    { resourceAttributes: PODS },
    {
      as: 'developer',
      ...decided(
        SELF,
        { resourceAttributes: PODS },
        {
          allowed: true,
          reason:
            'RBAC: allowed by RoleBinding "developer-edit/development" of ClusterRole "edit" to User "developer"',
        },
      ),
    },
  ),
  review(
    'a path that everybody may read',
    SELF,
    { nonResourceAttributes: { verb: 'get', path: '/version' } },
    {
      as: 'developer',
      ...decided(
        SELF,
        { nonResourceAttributes: { verb: 'get', path: '/version' } },
        {
          allowed: true,
          reason:
            'RBAC: allowed by ClusterRoleBinding "system:public-info-viewer" of ClusterRole "system:public-info-viewer" to Group "system:authenticated"',
        },
      ),
    },
  ),
  review(
    'nothing asked',
    SELF,
    {},
    invalid('.authorization.k8s.io', '', ['spec.resourceAttributes', ONE]),
  ),
  review(
    'nobody asked about',
    SUBJECT,
    { resourceAttributes: PODS },
    invalid('.authorization.k8s.io', '', [
      'spec.user',
      'Invalid value: "": at least one of user or group must be specified',
    ]),
  ),
  review(
    'both asked',
    SUBJECT,
    {
      user: 'eve',
      resourceAttributes: PODS,
      nonResourceAttributes: { verb: 'get', path: '/x' },
    },
    invalid('.authorization.k8s.io', '', [
      'spec.nonResourceAttributes',
      'Invalid value: authorization.NonResourceAttributes{Path:"/x", Verb:"get"}: cannot be specified in combination with resourceAttributes',
    ]),
  ),
  review(
    'another user',
    SUBJECT,
    { user: 'developer', resourceAttributes: { ...PODS, namespace: 'default' } },
    decided(
      SUBJECT,
      { user: 'developer', resourceAttributes: { ...PODS, namespace: 'default' } },
      { allowed: false },
    ),
  ),
  review(
    'a group',
    SUBJECT,
    { groups: ['system:masters'], resourceAttributes: PODS },
    decided(
      SUBJECT,
      { groups: ['system:masters'], resourceAttributes: PODS },
      { allowed: true },
    ),
  ),
  local(
    'a user in a namespace',
    { user: 'developer', resourceAttributes: PODS },
    decided(
      'LocalSubjectAccessReview',
      { user: 'developer', resourceAttributes: PODS },
      expect.objectContaining({ allowed: true }) as object,
    ),
  ),
  local(
    'a user in another namespace',
    { user: 'developer', resourceAttributes: { ...PODS, namespace: 'default' } },
    invalid('.authorization.k8s.io', '', [
      'spec.resourceAttributes.namespace',
      'Invalid value: "default": must match metadata.namespace',
    ]),
  ),
  review(
    'rules without a namespace',
    'SelfSubjectRulesReview',
    {},
    {
      ...failure(400, 'BadRequest', 'no namespace on request'),
    },
  ),
]

const TOKENS = `${DEVELOPMENT}/serviceaccounts/default/token`
const token = (name: string, spec: object, answer: Answer, path = TOKENS): Exchange => ({
  name,
  method: 'POST',
  path,
  as: 'developer',
  body: { apiVersion: `${AUTHENTICATION}/v1`, kind: 'TokenRequest', spec },
  ...answer,
})
const TOKEN_REQUEST = `TokenRequest.${AUTHENTICATION}`
const AUDIENCE = 'https://kubernetes.default.svc.cluster.local'

const tokens: Exchange[] = [
  token(
    'a token',
    {},
    {
      status: 201,
      answer: {
        kind: 'TokenRequest',
        apiVersion: `${AUTHENTICATION}/v1`,
        metadata: {
          name: 'default',
          namespace: 'development',
          creationTimestamp: TIME,
          managedFields: [
            managed('unknown', ['spec expirationSeconds'], {
              apiVersion: `${AUTHENTICATION}/v1`,
              subresource: 'token',
            }),
          ],
        },
        spec: { audiences: [AUDIENCE], expirationSeconds: 3600, boundObjectRef: null },
        status: { token: text, expirationTimestamp: TIME },
      },
    },
  ),
  token(
    'a short token',
    { expirationSeconds: 60 },
    invalid(TOKEN_REQUEST, '', [
      'spec.expirationSeconds',
      'Invalid value: 60: may not specify a duration less than 10 minutes',
    ]),
  ),
  token(
    'an endless token',
    { expirationSeconds: 4_294_967_297 },
    invalid(TOKEN_REQUEST, '', [
      'spec.expirationSeconds',
      'Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds',
    ]),
  ),
  token(
    'a token of no account',
    {},
    notFound('serviceaccounts', 'none'),
    TOKENS.replace('/default/', '/none/'),
  ),
  token(
    'a token bound to no pod',
    { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'none' } },
    notFound('pods', 'none'),
  ),
  token(
    'a token bound to a service',
    { boundObjectRef: { apiVersion: 'v1', kind: 'Service', name: 'x' } },
    failure(400, 'BadRequest', 'cannot bind token for object of type /v1, Kind=Service'),
  ),
  {
    name: 'a token that is none',
    method: 'POST',
    path: `/apis/${AUTHENTICATION}/v1/tokenreviews`,
    body: {
      apiVersion: `${AUTHENTICATION}/v1`,
      kind: 'TokenReview',
      spec: { token: 'nope' },
    },
    status: 201,
    answer: expect.objectContaining({
      spec: { token: 'nope' },
      status: { user: {}, error: 'invalid bearer token' },
    }) as unknown,
  },
  {
    name: 'no token to review',
    method: 'POST',
    path: `/apis/${AUTHENTICATION}/v1/tokenreviews`,
    body: { apiVersion: `${AUTHENTICATION}/v1`, kind: 'TokenReview', spec: {} },
    ...failure(400, 'BadRequest', 'token is required for TokenReview in authentication'),
  },
]

const ROLES = `/apis/${RBAC}/v1/namespaces/development/roles`
const BINDINGS = `/apis/${RBAC}/v1/namespaces/development/rolebindings`
const keeper = (name: string, path: string, body: object, answer: Answer): Exchange => ({
  name,
  method: 'POST',
  path,
  as: 'keeper',
  body: { apiVersion: `${RBAC}/v1`, ...body },
  ...answer,
})
const role = (name: string, ...rules: object[]): object => ({
  kind: 'Role',
  metadata: { name },
  rules,
})
const binding = (name: string, kind: string, roleName: string): object => ({
  kind: 'RoleBinding',
  metadata: { name },
  roleRef: { apiGroup: RBAC, kind, name: roleName },
  subjects: [{ kind: 'User', apiGroup: RBAC, name: 'eve' }],
})
const notHeld = (resource: string, name: string, ...rules: string[]): Answer =>
  forbidden(
    `${resource}.${RBAC}`,
    name,
    `user "keeper" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n${rules.join('\n')}`,
  )
const pods = (...verbs: string[]): object => ({ apiGroups: [''], resources: ['pods'], verbs })

/** `keeper` may write roles and bindings in the namespace and read pods, no more. */
const escalation: Exchange[] = [
  keeper('a role with what one has', ROLES, role('held', pods('get')), {
    status: 201,
    answer: {
      kind: 'Role',
      apiVersion: `${RBAC}/v1`,
      metadata: metadata(
        'held',
        { managedFields: [managed('unknown', ['rules'], { apiVersion: `${RBAC}/v1` })] },
        'development',
      ),
      rules: [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }],
    },
  }),
  keeper(
    'a role with more',
    ROLES,
    role('more', pods('get', 'delete', 'create'), {
      apiGroups: ['kubevirt.io'],
      resources: ['*'],
      verbs: ['*'],
    }),
    notHeld(
      'roles',
      'more',
      '{APIGroups:[""], Resources:["pods"], Verbs:["delete" "create"]}',
      '{APIGroups:["kubevirt.io"], Resources:["*"], Verbs:["*"]}',
    ),
  ),
  keeper('a binding to what one has', BINDINGS, binding('held', 'Role', 'held'), {
    status: 201,
    answer: expect.objectContaining({ kind: 'RoleBinding' }) as unknown,
  }),
  keeper(
    'a binding to more',
    BINDINGS,
    binding('more', 'ClusterRole', 'system:aggregate-to-admin'),
    notHeld(
      'rolebindings',
      'more',
      '{APIGroups:["authorization.k8s.io"], Resources:["localsubjectaccessreviews"], Verbs:["create"]}',
    ),
  ),
  keeper(
    'a binding to nothing',
    BINDINGS,
    binding('nothing', 'ClusterRole', 'none'),
    notFound(`clusterrole.${RBAC}`, 'none'),
  ),
  {
    name: 'a role that is gone',
    method: 'GET',
    path: `${DEVELOPMENT}/secrets`,
    as: 'eve',
    ...failure(
      403,
      'Forbidden',
      'secrets is forbidden: User "eve" cannot list resource "secrets" in API group "" in the namespace "development": RBAC: clusterrole.rbac.authorization.k8s.io "lost" not found',
      { kind: 'secrets' },
    ),
  },
]

/** Who may do what, and how it is told. */
export const access: Exchange[] = [
  ...refusals,
  ...impersonation,
  ...reviews,
  ...tokens,
  ...escalation,
]
