import { badRequest, failure, notFound, type Exchange } from '../exchange.ts'

const MAPS = '/api/v1/namespaces/default/configmaps'
const GROUP = '/apis/kubevirt.io/v1'
const MACHINES = `${GROUP}/namespaces/default/virtualmachines`

const VIRT_API = '/apis/subresources.kubevirt.io/v1/namespaces/default'

const NOT_ALLOWED = failure(
  405,
  'MethodNotAllowed',
  'the server does not allow this method on the requested resource',
  {},
)
const NO_RESOURCE = failure(
  404,
  'NotFound',
  'the server could not find the requested resource',
  {},
)
const NO_PAGE = {
  status: 404,
  contentType: 'text/plain; charset=utf-8',
  answer: '404 page not found\n',
}
const plain = (
  status: number,
  answer: string,
): Pick<Exchange, 'status' | 'contentType' | 'answer'> => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  answer,
})
const notSupported = (verb: string): Pick<Exchange, 'status' | 'answer'> =>
  failure(
    405,
    'MethodNotAllowed',
    `${verb} is not supported on resources of kind "virtualmachines.kubevirt.io"`,
    { group: 'kubevirt.io', kind: 'virtualmachines' },
  )

const row = (
  method: string,
  path: string,
  answer: Partial<Exchange> & Pick<Exchange, 'status'>,
): Exchange => ({ name: `${method} ${path}`, method, path, ...answer })

/** Paths and methods that there are not, of built-in kinds and of custom resources. */
export const methods: Exchange[] = [
  row('POST', `${MAPS}/x`, NOT_ALLOWED),
  row('PUT', MAPS, NOT_ALLOWED),
  row('PATCH', MAPS, NOT_ALLOWED),
  row('POST', '/api/v1/configmaps', NOT_ALLOWED),
  row('DELETE', '/api/v1/configmaps', NOT_ALLOWED),
  row('DELETE', '/api/v1/namespaces', NOT_ALLOWED),
  row('DELETE', '/api/v1/nodes/x/status', NOT_ALLOWED),
  row('POST', '/api/v1/namespaces/default/pods/x/status', NOT_ALLOWED),
  row('GET', `${MAPS}/x/status`, NO_RESOURCE),
  row('GET', `${MAPS}/x/status/more`, NO_RESOURCE),
  row('GET', '/api/v1/namespaces/default/nodes', NO_RESOURCE),
  row('GET', '/api/v1/namespaces/default/nodes/x', NO_RESOURCE),
  row('GET', '/api/v1/configmaps/x', NO_RESOURCE),
  row('GET', '/api/v2/namespaces', NO_RESOURCE),
  row('GET', '/apis/apps/v1/namespaces/default/deployments', NO_RESOURCE),
  row('GET', '/apis/apps/v9/namespaces/default/controllerrevisions', NO_RESOURCE),
  row('GET', '/apis/authorization.k8s.io/v1/widgets', NO_RESOURCE),
  row('GET', '/apis/authorization.k8s.io/v1/subjectaccessreviews', NOT_ALLOWED),
  row('GET', `${GROUP}/namespaces/default/widgets`, NO_PAGE),
  row('GET', '/apis/kubevirt.io/v9/virtualmachines', NO_PAGE),
  row('GET', '/apis/example.com/v1/widgets', NO_PAGE),
  row('POST', `${GROUP}/virtualmachines`, NO_PAGE),
  row('GET', `${GROUP}/virtualmachines/x`, NO_PAGE),
  row(
    'GET',
    '/apis/instancetype.kubevirt.io/v1beta1/namespaces/default/virtualmachineclusterinstancetypes',
    NO_PAGE,
  ),
  row('GET', `${VIRT_API}/virtualmachines/x/bogus`, plain(404, '404: Page Not Found')),
  row('POST', `${VIRT_API}/virtualmachines/x/start`, {
    ...plain(405, '405: Method Not Allowed'),
    answerHeaders: { allow: 'PUT' },
  }),
  row('PUT', MACHINES, badRequest('name must be provided')),
  row('PATCH', MACHINES, badRequest('name must be provided')),
  row('DELETE', `${MACHINES}/x/status`, notSupported('delete')),
  row('POST', `${MACHINES}/x/status`, notSupported('create')),
  row('GET', `${MACHINES}/x/bogus`, notFound('virtualmachines.kubevirt.io', 'x')),
  // VMIs have no status subresource.
  row(
    'GET',
    `${GROUP}/namespaces/default/virtualmachineinstances/x/status`,
    notFound('virtualmachineinstances.kubevirt.io', 'x'),
  ),
]
