import { expect, test } from 'vitest'
import { ApiError } from '../../live/api-error.ts'
import { refusalsOf } from './refusal.ts'

test('F-15 unknown fields are told one by one', () => {
  const error = new ApiError({
    status: 400,
    reason: 'BadRequest',
    message:
      'VirtualMachine in version "v1" cannot be handled as a VirtualMachine: strict decoding error: unknown field "spec.foo", unknown field "spec.template.bar"',
  })
  expect(refusalsOf(error)).toEqual([
    { message: 'unknown field "spec.foo"', field: 'spec.foo' },
    { message: 'unknown field "spec.template.bar"', field: 'spec.template.bar' },
  ])
})

test('causes are told with their fields', () => {
  const causes = [
    { field: 'spec.running', message: 'RunStrategy must be specified' },
    { message: 'something else' },
  ]
  const error = new ApiError({ status: 422, reason: 'Invalid', message: 'denied', causes })
  expect(refusalsOf(error)).toEqual([
    { message: 'spec.running: RunStrategy must be specified', field: 'spec.running' },
    { message: 'something else' },
  ])
})

test('without causes there is the message', () => {
  const error = new ApiError({ status: 403, reason: 'Forbidden', message: 'no' })
  expect(refusalsOf(error)).toEqual([{ message: 'no' }])
})
