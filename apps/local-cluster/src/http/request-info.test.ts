import { expect, test } from 'vitest'
import { requestInfoOf } from './request-info.ts'

const VM = {
  kind: 'resource',
  group: 'kubevirt.io',
  version: 'v1',
  resource: 'virtualmachines',
}

test.each([
  ['GET', '/api/v1/pods', { group: '', namespace: '', resource: 'pods', verb: 'list' }],
  ['GET', '/api/v1/pods?watch=true', { resource: 'pods', verb: 'watch' }],
  ['GET', '/api/v1/namespaces', { resource: 'namespaces', name: '', verb: 'list' }],
  [
    'GET',
    '/api/v1/namespaces/a',
    { resource: 'namespaces', name: 'a', namespace: 'a', verb: 'get' },
  ],
  [
    'PUT',
    '/api/v1/namespaces/a/finalize',
    { resource: 'namespaces', name: 'a', subresource: 'finalize' },
  ],
  [
    'GET',
    '/api/v1/namespaces/a/pods',
    { resource: 'pods', namespace: 'a', name: '', verb: 'list' },
  ],
  [
    'GET',
    '/api/v1/namespaces/a/pods/p/log',
    { resource: 'pods', name: 'p', subresource: 'log', verb: 'get' },
  ],
  [
    'POST',
    '/apis/kubevirt.io/v1/namespaces/a/virtualmachines',
    { ...VM, namespace: 'a', verb: 'create' },
  ],
  [
    'DELETE',
    '/apis/kubevirt.io/v1/namespaces/a/virtualmachines',
    { ...VM, verb: 'deletecollection' },
  ],
  [
    'DELETE',
    '/apis/kubevirt.io/v1/namespaces/a/virtualmachines/x',
    { ...VM, name: 'x', verb: 'delete' },
  ],
  [
    'PATCH',
    '/apis/kubevirt.io/v1/namespaces/a/virtualmachines/x/status',
    { subresource: 'status', verb: 'patch' },
  ],
  [
    'GET',
    '/apis/subresources.kubevirt.io/v1/namespaces/a/virtualmachineinstances/x/portforward/22/tcp',
    { subresource: 'portforward', rest: ['22', 'tcp'], verb: 'get' },
  ],
  ['GET', '/apis/kubevirt.io/v1', { kind: 'path', path: '/apis/kubevirt.io/v1' }],
  ['GET', '/healthz', { kind: 'path', verb: 'get' }],
])('%s %s', (method, path, expected) => {
  expect(requestInfoOf(method, new URL(path, 'https://kubernetes'))).toMatchObject(expected)
})
