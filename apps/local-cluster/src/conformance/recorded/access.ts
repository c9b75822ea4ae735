import { failure, forbidden, type Exchange } from '../exchange.ts'
import { managed } from '../objects.ts'

const GROUP = 'authorization.k8s.io'
const apiVersion = `${GROUP}/v1`
const ATTRIBUTES = {
  namespace: 'golden',
  verb: 'create',
  group: 'kubevirt.io',
  resource: 'virtualmachines',
}

const accessReview = (name: string, as: string, allowed: boolean): Exchange => ({
  name,
  method: 'POST',
  path: `/apis/${apiVersion}/selfsubjectaccessreviews`,
  as,
  body: {
    apiVersion,
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: ATTRIBUTES },
  },
  status: 201,
  answer: {
    kind: 'SelfSubjectAccessReview',
    apiVersion,
    metadata: {
      creationTimestamp: null,
      managedFields: [
        managed(
          'unknown',
          [
            'spec resourceAttributes .',
            ...Object.keys(ATTRIBUTES).map((field) => `spec resourceAttributes ${field}`),
          ],
          { apiVersion },
        ),
      ],
    },
    spec: { resourceAttributes: ATTRIBUTES },
    status: { allowed },
  },
})

export const access: Exchange[] = [
  {
    name: 'no-token',
    method: 'GET',
    path: '/api/v1/namespaces',
    as: null,
    ...forbidden(
      'namespaces',
      '',
      'User "system:anonymous" cannot list resource "namespaces" in API group "" at the cluster scope',
    ),
  },
  {
    name: 'bad-token',
    method: 'GET',
    path: '/api/v1/namespaces',
    as: null,
    headers: { authorization: 'Bearer nope' },
    ...failure(401, 'Unauthorized', 'Unauthorized'),
  },
  {
    name: 'dev-forbidden-list',
    method: 'GET',
    path: '/apis/kubevirt.io/v1/virtualmachines',
    as: 'dev',
    ...forbidden(
      'virtualmachines.kubevirt.io',
      '',
      'User "dev" cannot list resource "virtualmachines" in API group "kubevirt.io" at the cluster scope',
    ),
  },
  accessReview('ssar-allowed', 'admin', true),
  accessReview('ssar-denied', 'dev', false),
  {
    name: 'ssrr',
    method: 'POST',
    path: `/apis/${apiVersion}/selfsubjectrulesreviews`,
    as: 'dev',
    body: { apiVersion, kind: 'SelfSubjectRulesReview', spec: { namespace: 'golden' } },
    status: 201,
    answer: {
      kind: 'SelfSubjectRulesReview',
      apiVersion,
      metadata: { creationTimestamp: null },
      spec: {},
      status: {
        resourceRules: [
          {
            verbs: ['create'],
            apiGroups: [GROUP],
            resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
          },
          // Since 1.28.
          {
            verbs: ['create'],
            apiGroups: ['authentication.k8s.io'],
            resources: ['selfsubjectreviews'],
          },
          {
            verbs: ['get', 'list', 'watch'],
            apiGroups: ['instancetype.kubevirt.io'],
            resources: [
              'virtualmachineclusterinstancetypes',
              'virtualmachineclusterpreferences',
            ],
          },
          {
            verbs: ['get', 'list'],
            apiGroups: ['subresources.kubevirt.io'],
            resources: ['version', 'guestfs'],
          },
          // Of CDI and OpenShift, which the recorded cluster did not have.
          {
            verbs: ['get', 'list', 'watch'],
            apiGroups: ['cdi.kubevirt.io'],
            resources: ['cdiconfigs', 'storageprofiles'],
          },
          {
            verbs: ['get', 'list', 'watch'],
            apiGroups: ['storage.k8s.io'],
            resources: ['storageclasses'],
          },
        ],
        nonResourceRules: [
          {
            verbs: ['get'],
            nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/'],
          },
          {
            verbs: ['get'],
            nonResourceURLs: [
              '/api',
              '/api/*',
              '/apis',
              '/apis/*',
              '/healthz',
              '/livez',
              '/openapi',
              '/openapi/*',
              '/readyz',
              '/version',
              '/version/',
            ],
          },
          { verbs: ['get'], nonResourceURLs: ['/.well-known', '/.well-known/*'] },
        ],
        incomplete: false,
      },
    },
  },
]
