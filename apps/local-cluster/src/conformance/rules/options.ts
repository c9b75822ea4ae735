import { badRequest, failure, invalid, type Exchange } from '../exchange.ts'

const MAPS = '/api/v1/namespaces/default/configmaps'
const CREATE = 'CreateOptions.meta.k8s.io'
const UPDATE = 'UpdateOptions.meta.k8s.io'
const PATCH = 'PatchOptions.meta.k8s.io'
const DELETE = 'DeleteOptions.meta.k8s.io'
const LIST = 'ListOptions.meta.k8s.io'
const MERGE = 'application/merge-patch+json'
const APPLY = 'application/apply-patch+yaml'

const configMap = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
})
const dryRun: [string, string] = [
  'dryRun',
  'Unsupported value: []string{"Some"}: supported values: "All"',
]
const validation: [string, string] = [
  'fieldValidation',
  'Unsupported value: "Maybe": supported values: "", "Ignore", "Strict", "Warn"',
]
const LONG = 'm'.repeat(129)

type Answer = Pick<Exchange, 'status' | 'answer'>
const create = (name: string, query: string, answer: Answer): Exchange => ({
  name: `create with ${name}`,
  method: 'POST',
  path: `${MAPS}?${query}`,
  body: configMap('option'),
  ...answer,
})
const get = (name: string, query: string, answer: Answer, path = MAPS): Exchange => ({
  name,
  method: 'GET',
  path: `${path}?${query}`,
  ...answer,
})
const remove = (name: string, query: string, body: object, answer: Answer): Exchange => ({
  name: `delete with ${name}`,
  method: 'DELETE',
  path: `${MAPS}/kube-root-ca.crt?${query}`,
  body,
  ...answer,
})
const forbidden = (field: string, text: string): Answer =>
  invalid(LIST, '', [field, `Forbidden: ${text}`])
const MATCH = 'resourceVersionMatch'

/** Options of requests that are refused. */
export const options: Exchange[] = [
  create('an unknown dry run', 'dryRun=Some', invalid(CREATE, '', dryRun)),
  create(
    'an unknown field validation',
    'fieldValidation=Maybe',
    invalid(CREATE, '', validation),
  ),
  create(
    'a long field manager',
    `fieldManager=${LONG}`,
    invalid(CREATE, '', ['fieldManager', 'Too long: must have at most 128 bytes']),
  ),
  {
    name: 'update with an unknown dry run',
    method: 'PUT',
    path: `${MAPS}/option?dryRun=Some`,
    body: configMap('option'),
    ...invalid(UPDATE, '', dryRun),
  },
  {
    name: 'patch with an unknown field validation',
    method: 'PATCH',
    path: `${MAPS}/option?fieldValidation=Maybe`,
    type: MERGE,
    body: {},
    ...invalid(PATCH, '', validation),
  },
  {
    name: 'a forced merge patch',
    method: 'PATCH',
    path: `${MAPS}/option?force=true`,
    type: MERGE,
    body: {},
    ...invalid(PATCH, '', ['force', 'Forbidden: may not be specified for non-apply patch']),
  },
  {
    name: 'apply without a manager',
    method: 'PATCH',
    path: `${MAPS}/option`,
    type: APPLY,
    body: configMap('option'),
    ...invalid(PATCH, '', ['fieldManager', 'Required value: is required for apply patch']),
  },
  remove(
    'an unknown propagation policy',
    'propagationPolicy=Sideways',
    {},
    {
      ...invalid(DELETE, '', [
        'propagationPolicy',
        'Unsupported value: "Sideways": supported values: "Foreground", "Background", "Orphan", "nil"',
      ]),
    },
  ),
  remove(
    'two ways of propagation',
    '',
    { orphanDependents: true, propagationPolicy: 'Background' },
    invalid(DELETE, '', [
      'propagationPolicy',
      'Invalid value: "Background": orphanDependents and deletionPropagation cannot be both set',
    ]),
  ),
  remove('an unknown dry run', 'dryRun=Some', {}, invalid(DELETE, '', dryRun)),
  get(
    'list with a limit that is no number',
    'limit=many',
    badRequest('strconv.ParseInt: parsing "many": invalid syntax'),
  ),
  get(
    'list with a token that is no base64',
    'continue=a*b',
    badRequest(
      'invalid continue token: continue key is not valid: illegal base64 data at input byte 1',
    ),
  ),
  get(
    'list with a token that is no JSON',
    'continue=bm9wZQ',
    badRequest(
      "invalid continue token: continue key is not valid: invalid character 'o' in literal null (expecting 'u')",
    ),
  ),
  get(
    'list with a version that is none',
    'resourceVersion=now',
    failure(
      500,
      '',
      'resourceVersion: Invalid value: "now": strconv.ParseUint: parsing "now": invalid syntax',
    ),
  ),
  get(
    'watch from a version that is none',
    'watch=1&resourceVersion=now',
    invalid('configmaps', '', [
      'resourceVersion',
      'Invalid value: "now": strconv.ParseUint: parsing "now": invalid syntax',
    ]),
  ),
  get(
    'list with a match but no version',
    `${MATCH}=Exact`,
    forbidden(MATCH, `${MATCH} is forbidden unless resourceVersion is provided`),
  ),
  get(
    'list with an unknown match',
    `${MATCH}=Newest&resourceVersion=1`,
    invalid(LIST, '', [
      MATCH,
      'Unsupported value: "Newest": supported values: "Exact", "NotOlderThan", ""',
    ]),
  ),
  get(
    'list of exactly version 0',
    `${MATCH}=Exact&resourceVersion=0`,
    forbidden(MATCH, `${MATCH} "exact" is forbidden for resourceVersion "0"`),
  ),
  get(
    'list with initial events',
    'sendInitialEvents=true',
    forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'),
  ),
  get(
    'watch with a match',
    `watch=1&${MATCH}=NotOlderThan&resourceVersion=1`,
    forbidden(MATCH, `${MATCH} is forbidden for watch unless sendInitialEvents is provided`),
  ),
  get(
    'watch with initial events but no match',
    'watch=1&sendInitialEvents=true',
    forbidden(MATCH, `sendInitialEvents requires setting ${MATCH} to NotOlderThan`),
  ),
  get(
    'a field of config maps',
    'fieldSelector=data.a%3Db',
    badRequest(
      '"data.a" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ),
  ),
  get(
    'a field that pods do not select by',
    'fieldSelector=spec.hostname%3Db',
    badRequest('field label not supported: spec.hostname'),
    '/api/v1/pods',
  ),
  get(
    'a field of a VM',
    'fieldSelector=spec.running%3Dtrue',
    badRequest('field label not supported: spec.running'),
    '/apis/kubevirt.io/v1/virtualmachines',
  ),
  get(
    'the namespace of a cluster-scoped custom resource',
    'fieldSelector=metadata.namespace%3Dx',
    badRequest('field label not supported: metadata.namespace'),
    '/apis/instancetype.kubevirt.io/v1beta1/virtualmachineclusterinstancetypes',
  ),
  get(
    'a field selector without an operator',
    'fieldSelector=spec',
    badRequest("invalid selector: 'spec'; can't understand 'spec'"),
  ),
  get(
    'a label selector with two operators',
    'labelSelector=a%3Db%3Dc',
    badRequest("found '=', expected: ',' or 'end of string'"),
  ),
  get(
    'a label selector without a list',
    'labelSelector=a+in+b',
    badRequest("unable to parse requirement: found 'b' expected: '('"),
  ),
]
