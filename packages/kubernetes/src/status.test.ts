import { describe, expect, it } from 'vitest'
import { statusErrors } from './status.ts'

const virtualMachines = { group: 'kubevirt.io', resource: 'virtualmachines' }
const configMaps = { group: '', resource: 'configmaps' }

describe('statusErrors', () => {
  it.each([
    [
      statusErrors.notFound(virtualMachines, 'a'),
      404,
      'NotFound',
      'virtualmachines.kubevirt.io "a" not found',
    ],
    [
      statusErrors.alreadyExists(configMaps, 'a'),
      409,
      'AlreadyExists',
      'configmaps "a" already exists',
    ],
    [
      statusErrors.forbidden(configMaps, '', 'User "dev" cannot list resource "configmaps"'),
      403,
      'Forbidden',
      'configmaps is forbidden: User "dev" cannot list resource "configmaps"',
    ],
    [statusErrors.unauthorized(), 401, 'Unauthorized', 'Unauthorized'],
  ])('%s', (error, code, reason, message) => {
    expect(error.status).toMatchObject({ code, reason, message, status: 'Failure' })
  })

  it('shows ten causes of a webhook and counts the rest', () => {
    const causes = Array.from({ length: 12 }, (_, index) => ({
      message: `m${index}`,
      field: 'f',
    }))
    const { status } = statusErrors.deniedByWebhook('v.kubevirt.io', causes)
    expect(status.details?.causes).toHaveLength(10)
    expect(status.message).toMatch(/m9, and 2 more validation errors$/)
  })
})
