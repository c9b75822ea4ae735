import { expect, test } from 'vitest'
import { ApiError } from '../../live/api-error.ts'
import { refusalsOf } from './refusal.ts'

const refused = (error: Partial<ApiError>) =>
  refusalsOf(new ApiError({ status: 422, reason: 'Invalid', message: '', ...error }))

test('F-15 unknown fields are told one by one', () => {
  const message =
    'VirtualMachine in version "v1" cannot be handled as a VirtualMachine: strict decoding error: unknown field "spec.foo", unknown field "spec.template.bar", duplicate field "spec.x"'
  expect(refused({ status: 400, reason: 'BadRequest', message })).toEqual([
    { code: 'unknownField', field: 'spec.foo' },
    { code: 'unknownField', field: 'spec.template.bar' },
    { code: 'duplicateField', field: 'spec.x' },
  ])
})

test('F-15 causes are told with their fields', () => {
  const causes = [
    { field: 'spec.running', message: 'RunStrategy must be specified' },
    { field: 'spec.disks[0].name', message: "spec.disks[0].Name 'a' not found" },
    { message: 'something else' },
    { message: 'spec.template in body is required' },
  ]
  expect(refused({ message: 'denied', causes })).toEqual([
    {
      code: 'words',
      message: 'spec.running: RunStrategy must be specified',
      field: 'spec.running',
    },
    {
      code: 'words',
      message: "spec.disks[0].Name 'a' not found",
      field: 'spec.disks[0].name',
    },
    { code: 'words', message: 'something else' },
    { code: 'words', message: 'spec.template in body is required', field: 'spec.template' },
  ])
})

test.each([
  [409, 'AlreadyExists', 'virtualmachines.kubevirt.io "web" already exists', 'nameTaken'],
  [404, 'NotFound', 'namespaces "nowhere" not found', 'noProject'],
  [403, 'Forbidden', 'pods is forbidden: User "developer" cannot create', 'words'],
  [409, 'Conflict', 'object is being deleted: pods "web" already exists', 'words'],
])('%i %s', (status, reason, message, code) => {
  expect(refused({ status, reason, message })).toMatchObject([{ code }])
})
