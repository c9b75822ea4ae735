import { expect } from 'vitest'
import { alreadyExists, badRequest, failure, invalid, type Exchange } from '../exchange.ts'

const MAPS = '/api/v1/namespaces/default/configmaps'
const MACHINES = '/apis/kubevirt.io/v1/namespaces/default/virtualmachines'
const MERGE = 'application/merge-patch+json'
const JSON_PATCH = 'application/json-patch+json'
const APPLY = 'application/apply-patch+yaml'
const STRATEGIC = 'application/strategic-merge-patch+json'
const apiVersion = 'kubevirt.io/v1'

type Answer = Pick<Exchange, 'status' | 'answer'>
const post = (name: string, body: unknown, answer: Answer, path = MAPS): Exchange => ({
  name,
  method: 'POST',
  path,
  body,
  ...answer,
})
const unrecognized = (kind: string, problem: string, summary: string): Answer =>
  badRequest(
    `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${problem} (${summary})`,
  )
const unconverted = (found: string, version: string, problem: string): Answer =>
  badRequest(`${found} in version "${version}" cannot be handled as a ConfigMap: ${problem}`)
const TYPE_META =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }'
const SCHEME = 'in scheme "pkg/api/legacyscheme/scheme.go:30"'

const CONFIG_MAP = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'bodies' } }
const patch = (
  name: string,
  type: string,
  body: unknown,
  answer: Answer,
  path = `${MAPS}/bodies`,
): Exchange => ({ name, method: 'PATCH', path, type, body, ...answer })
const CUSTOM_PATCHES = failure(
  415,
  'UnsupportedMediaType',
  'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
)
const UNPROCESSABLE = failure(
  422,
  'Invalid',
  'the server rejected our request due to an error in our request',
  {},
)

/** Bodies that cannot be what the URL names. */
export const bodies: Exchange[] = [
  post(
    'an empty body',
    '',
    unrecognized('ConfigMap', 'unexpected end of JSON input', '<empty>'),
  ),
  post(
    'half a body',
    '{"a":',
    unrecognized('ConfigMap', 'unexpected end of JSON input', '{"a":'),
  ),
  post(
    'YAML named JSON',
    'apiVersion: v1',
    unrecognized(
      'ConfigMap',
      "invalid character 'a' looking for beginning of value",
      '61706956657273696f6e3a207631',
    ),
  ),
  post(
    'a list',
    '[]',
    unrecognized(
      'ConfigMap',
      `json: cannot unmarshal array into Go value of type ${TYPE_META}`,
      '5b5d',
    ),
  ),
  post(
    'another kind',
    { ...CONFIG_MAP, kind: 'Pod' },
    unconverted('Pod', 'v1', 'converting (v1.Pod) to (core.ConfigMap): unknown conversion'),
  ),
  post(
    'a kind that there is not',
    { ...CONFIG_MAP, kind: 'Widget' },
    unconverted('Widget', 'v1', `no kind "Widget" is registered for version "v1" ${SCHEME}`),
  ),
  post(
    'another version',
    { ...CONFIG_MAP, apiVersion: 'v2' },
    unconverted(
      'ConfigMap',
      'v2',
      `no kind "ConfigMap" is registered for version "v2" ${SCHEME}`,
    ),
  ),
  post(
    'another group',
    { ...CONFIG_MAP, apiVersion: 'apps/v1' },
    unconverted(
      'ConfigMap',
      'v1',
      `no kind "ConfigMap" is registered for version "apps/v1" ${SCHEME}`,
    ),
  ),
  post(
    'another namespace',
    { ...CONFIG_MAP, metadata: { name: 'bodies', namespace: 'other' } },
    badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    ),
  ),
  post(
    'a version for a new object',
    { ...CONFIG_MAP, metadata: { name: 'bodies', resourceVersion: '5' } },
    failure(500, '', 'resourceVersion should not be set on objects to be created'),
  ),
  post(
    'a label of the wrong type',
    { ...CONFIG_MAP, metadata: { name: 'bodies', labels: { a: 1 } } },
    badRequest(
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string',
    ),
  ),
  {
    ...post(
      'an unknown field, strictly',
      { ...CONFIG_MAP, bogus: 1, also: 2 },
      badRequest(
        'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "bogus", unknown field "also"',
      ),
    ),
    path: `${MAPS}?fieldValidation=Strict`,
  },
  {
    ...post(
      'fields named twice, strictly',
      '{"metadata":{"name":"x","name":"y"},"data":{"a":"1","a":"2"}}',
      badRequest(
        'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: duplicate field "metadata.name", duplicate field "data.a"',
      ),
    ),
    path: `${MAPS}?fieldValidation=Strict`,
  },
  {
    ...post('a form', 'a=b', {
      ...failure(
        415,
        'UnsupportedMediaType',
        'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
      ),
    }),
    type: 'application/x-www-form-urlencoded',
  },
  {
    ...post('an answer that cannot be had', CONFIG_MAP, {
      ...failure(
        406,
        'NotAcceptable',
        'only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
      ),
    }),
    method: 'GET',
    path: MAPS,
    headers: { accept: 'text/html' },
  },
  post(
    'a VM without kind',
    '{"metadata":{"name":"x"}}',
    badRequest(
      `VirtualMachine in version "v1" cannot be handled as a VirtualMachine: Object 'Kind' is missing in '{"metadata":{"name":"x"}}'`,
    ),
    MACHINES,
  ),
  post(
    'a VM of another version',
    { apiVersion: 'kubevirt.io/v1alpha3', kind: 'VirtualMachine', metadata: { name: 'x' } },
    badRequest(
      'the API version in the data (kubevirt.io/v1alpha3) does not match the expected API version (kubevirt.io/v1)',
    ),
    MACHINES,
  ),
  post(
    'a VM of another kind',
    { apiVersion, kind: 'Machine', metadata: { name: 'x' } },
    invalid('VirtualMachine.kubevirt.io', 'x', [
      'kind',
      'Invalid value: "Machine": must be VirtualMachine',
    ]),
    MACHINES,
  ),
  {
    name: 'an object for the patches',
    method: 'PUT',
    path: '/api/v1/namespaces/default/endpoints/x?dryRun=All',
    body: { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'y' } },
    ...badRequest('the name of the object (y) does not match the name on the URL (x)'),
  },
  {
    name: 'a PUT without a name',
    method: 'PUT',
    path: `${MAPS}/x`,
    body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} },
    ...badRequest(
      'the name of the object (x based on URL) was undeterminable: name must be provided',
    ),
  },
  post(
    'exists already',
    { ...CONFIG_MAP, metadata: { name: 'patched' } },
    {
      ...alreadyExists('configmaps', 'patched'),
    },
  ),
  patch(
    'a merge patch that is no JSON',
    MERGE,
    'nope',
    badRequest("error decoding patch: invalid character 'o' in literal null (expecting 'u')"),
    `${MAPS}/patched`,
  ),
  patch(
    'a JSON patch that is no list',
    JSON_PATCH,
    {},
    badRequest('json: cannot unmarshal object into Go value of type jsonpatch.Patch'),
    `${MAPS}/patched`,
  ),
  patch(
    'a strategic patch that is no JSON',
    STRATEGIC,
    '{',
    badRequest('unexpected end of JSON input'),
    `${MAPS}/patched`,
  ),
  patch(
    'a test that fails',
    JSON_PATCH,
    [{ op: 'test', path: '/data/a', value: 'x' }],
    UNPROCESSABLE,
    `${MAPS}/patched`,
  ),
  patch(
    'a path that is not there',
    JSON_PATCH,
    [{ op: 'remove', path: '/data/none' }],
    UNPROCESSABLE,
    `${MAPS}/patched`,
  ),
  patch(
    'a patch of the name',
    MERGE,
    { metadata: { name: 'other' } },
    badRequest('the name of the object (other) does not match the name on the URL (patched)'),
    `${MAPS}/patched`,
  ),
  patch(
    'a patch of the namespace',
    MERGE,
    { metadata: { namespace: 'other' } },
    badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    ),
    `${MAPS}/patched`,
  ),
  patch(
    'an unknown field in a merge patch, strictly',
    MERGE,
    { bogus: 1, data: null },
    failure(
      422,
      'Invalid',
      expect.stringMatching(
        /^ "" is invalid: patch: Invalid value: "\{\\"apiVersion\\":\\"v1\\",\\"bogus\\":1,\\"kind\\".*\}": strict decoding error: unknown field "bogus"$/,
      ) as string,
      {
        causes: [
          {
            reason: 'FieldValueInvalid',
            message: expect.stringMatching(
              /^Invalid value: .*: strict decoding error: unknown field "bogus"$/,
            ) as unknown,
            field: 'patch',
          },
        ],
      },
    ),
    `${MAPS}/patched?fieldValidation=Strict`,
  ),
  patch(
    'an unknown field in a strategic patch, strictly',
    STRATEGIC,
    { metadata: { labels: { a: 'b' } }, bogus: [1, true] },
    invalid('', '', [
      'patch',
      'Invalid value: "map[bogus:[1 true] metadata:map[labels:map[a:b]]]": strict decoding error: unknown field "bogus"',
    ]),
    `${MAPS}/patched?fieldValidation=Strict`,
  ),
  patch(
    'applying an unknown field',
    APPLY,
    { ...CONFIG_MAP, metadata: { name: 'patched', namespace: 'default' }, bogus: 1 },
    failure(
      500,
      '',
      'failed to create typed patch object (default/patched; /v1, Kind=ConfigMap): .bogus: field not declared in schema',
    ),
    `${MAPS}/patched?fieldManager=me`,
  ),
  patch(
    'applying two unknown fields',
    APPLY,
    { ...CONFIG_MAP, metadata: { name: 'patched' }, bogus: 1, also: 2 },
    failure(
      500,
      '',
      'failed to create typed patch object (/patched; /v1, Kind=ConfigMap): errors:\n  .also: field not declared in schema\n  .bogus: field not declared in schema',
    ),
    `${MAPS}/patched?fieldManager=me`,
  ),
  patch(
    'applying another version',
    APPLY,
    { ...CONFIG_MAP, apiVersion: 'apps/v1' },
    badRequest(
      'Incorrect version specified in apply patch. Specified patch version: apps/v1, expected: v1',
    ),
    `${MAPS}/patched?fieldManager=me`,
  ),
  patch('a strategic patch of a VM', STRATEGIC, {}, CUSTOM_PATCHES, `${MACHINES}/x`),
  patch('a text for a VM', 'text/plain', '{}', CUSTOM_PATCHES, `${MACHINES}/x`),
]
