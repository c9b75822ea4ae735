import type { Field, Message } from './wire.ts'

/*
 * The messages that kubectl's typed commands send (`create namespace`, `create token`,
 * `auth can-i`, `drain`, …); field numbers as in Kubernetes' generated.proto files.
 */

const OWNER_REFERENCE: Message = {
  1: ['kind', 'string'],
  3: ['name', 'string'],
  4: ['uid', 'string'],
  5: ['apiVersion', 'string'],
  6: ['controller', 'boolean'],
  7: ['blockOwnerDeletion', 'boolean'],
}

const OBJECT_META: Message = {
  1: ['name', 'string'],
  2: ['generateName', 'string'],
  3: ['namespace', 'string'],
  5: ['uid', 'string'],
  6: ['resourceVersion', 'string'],
  8: ['creationTimestamp', 'time'],
  11: ['labels', 'string', 'map'],
  12: ['annotations', 'string', 'map'],
  13: ['ownerReferences', OWNER_REFERENCE, 'list'],
  14: ['finalizers', 'string', 'list'],
}

const METADATA: Field = ['metadata', OBJECT_META]

const DELETE_OPTIONS: Message = {
  1: ['gracePeriodSeconds', 'integer'],
  2: ['preconditions', { 1: ['uid', 'string'], 2: ['resourceVersion', 'string'] }],
  3: ['orphanDependents', 'boolean'],
  4: ['propagationPolicy', 'string'],
  5: ['dryRun', 'string', 'list'],
}

const LOCAL_REFERENCE: Message = { 1: ['name', 'string'] }

const OBJECT_REFERENCE: Message = {
  1: ['kind', 'string'],
  2: ['namespace', 'string'],
  3: ['name', 'string'],
  4: ['uid', 'string'],
  5: ['apiVersion', 'string'],
  6: ['resourceVersion', 'string'],
  7: ['fieldPath', 'string'],
}

const RESOURCE_ATTRIBUTES: Message = {
  1: ['namespace', 'string'],
  2: ['verb', 'string'],
  3: ['group', 'string'],
  4: ['version', 'string'],
  5: ['resource', 'string'],
  6: ['subresource', 'string'],
  7: ['name', 'string'],
}

const ACCESS_SPEC: Message = {
  1: ['resourceAttributes', RESOURCE_ATTRIBUTES],
  2: ['nonResourceAttributes', { 1: ['path', 'string'], 2: ['verb', 'string'] }],
}

const SUBJECT_ACCESS_REVIEW: Message = {
  1: METADATA,
  2: ['spec', { ...ACCESS_SPEC, 3: ['user', 'string'], 4: ['groups', 'string', 'list'] }],
}

const RULE: Message = {
  1: ['verbs', 'string', 'list'],
  2: ['apiGroups', 'string', 'list'],
  3: ['resources', 'string', 'list'],
  4: ['resourceNames', 'string', 'list'],
  5: ['nonResourceURLs', 'string', 'list'],
}

const LABEL_SELECTOR: Message = {
  1: ['matchLabels', 'string', 'map'],
  2: [
    'matchExpressions',
    { 1: ['key', 'string'], 2: ['operator', 'string'], 3: ['values', 'string', 'list'] },
    'list',
  ],
}

const BINDING: Message = {
  1: METADATA,
  2: [
    'subjects',
    {
      1: ['kind', 'string'],
      2: ['apiGroup', 'string'],
      3: ['name', 'string'],
      4: ['namespace', 'string'],
    },
    'list',
  ],
  3: ['roleRef', { 1: ['apiGroup', 'string'], 2: ['kind', 'string'], 3: ['name', 'string'] }],
}

const SERVICE_SPEC: Message = {
  1: [
    'ports',
    {
      1: ['name', 'string'],
      2: ['protocol', 'string'],
      3: ['port', 'integer'],
      4: ['targetPort', 'intOrString'],
      5: ['nodePort', 'integer'],
    },
    'list',
  ],
  2: ['selector', 'string', 'map'],
  3: ['clusterIP', 'string'],
  4: ['type', 'string'],
  5: ['externalIPs', 'string', 'list'],
  7: ['sessionAffinity', 'string'],
  10: ['externalName', 'string'],
}

/** By apiVersion and kind. */
export const MESSAGES: Record<string, Message> = {
  'v1 Namespace': { 1: METADATA, 2: ['spec', { 1: ['finalizers', 'string', 'list'] }] },
  'v1 ConfigMap': {
    1: METADATA,
    2: ['data', 'string', 'map'],
    3: ['binaryData', 'bytes', 'map'],
    4: ['immutable', 'boolean'],
  },
  'v1 Secret': {
    1: METADATA,
    2: ['data', 'bytes', 'map'],
    3: ['type', 'string'],
    4: ['stringData', 'string', 'map'],
    5: ['immutable', 'boolean'],
  },
  'v1 ServiceAccount': {
    1: METADATA,
    2: ['secrets', OBJECT_REFERENCE, 'list'],
    3: ['imagePullSecrets', LOCAL_REFERENCE, 'list'],
    4: ['automountServiceAccountToken', 'boolean'],
  },
  'v1 ResourceQuota': {
    1: METADATA,
    2: ['spec', { 1: ['hard', 'quantity', 'map'], 2: ['scopes', 'string', 'list'] }],
  },
  'v1 Service': { 1: METADATA, 2: ['spec', SERVICE_SPEC] },
  'v1 DeleteOptions': DELETE_OPTIONS,
  'meta.k8s.io/v1 DeleteOptions': DELETE_OPTIONS,
  'policy/v1 PodDisruptionBudget': {
    1: METADATA,
    2: [
      'spec',
      {
        1: ['minAvailable', 'intOrString'],
        2: ['selector', LABEL_SELECTOR],
        3: ['maxUnavailable', 'intOrString'],
      },
    ],
  },
  'policy/v1 Eviction': { 1: METADATA, 2: ['deleteOptions', DELETE_OPTIONS] },
  'authentication.k8s.io/v1 TokenRequest': {
    1: METADATA,
    2: [
      'spec',
      {
        1: ['audiences', 'string', 'list'],
        3: [
          'boundObjectRef',
          {
            1: ['kind', 'string'],
            2: ['apiVersion', 'string'],
            3: ['name', 'string'],
            4: ['uid', 'string'],
          },
        ],
        4: ['expirationSeconds', 'integer'],
      },
    ],
  },
  'authentication.k8s.io/v1 TokenReview': {
    1: METADATA,
    2: ['spec', { 1: ['token', 'string'], 2: ['audiences', 'string', 'list'] }],
  },
  'authentication.k8s.io/v1 SelfSubjectReview': { 1: METADATA },
  'authorization.k8s.io/v1 SelfSubjectAccessReview': { 1: METADATA, 2: ['spec', ACCESS_SPEC] },
  'authorization.k8s.io/v1 SelfSubjectRulesReview': {
    1: METADATA,
    2: ['spec', { 1: ['namespace', 'string'] }],
  },
  'authorization.k8s.io/v1 SubjectAccessReview': SUBJECT_ACCESS_REVIEW,
  'authorization.k8s.io/v1 LocalSubjectAccessReview': SUBJECT_ACCESS_REVIEW,
  'rbac.authorization.k8s.io/v1 Role': { 1: METADATA, 2: ['rules', RULE, 'list'] },
  'rbac.authorization.k8s.io/v1 ClusterRole': {
    1: METADATA,
    2: ['rules', RULE, 'list'],
    3: ['aggregationRule', { 1: ['clusterRoleSelectors', LABEL_SELECTOR, 'list'] }],
  },
  'scheduling.k8s.io/v1 PriorityClass': {
    1: METADATA,
    2: ['value', 'integer'],
    3: ['globalDefault', 'boolean'],
    4: ['description', 'string'],
    5: ['preemptionPolicy', 'string'],
  },
  'rbac.authorization.k8s.io/v1 RoleBinding': BINDING,
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': BINDING,
}
