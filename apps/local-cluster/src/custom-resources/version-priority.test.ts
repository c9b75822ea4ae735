import { expect, test } from 'vitest'
import { byVersionPriority } from './version-priority.ts'

test('stable before beta before alpha, newer first, the rest by name', () => {
  const versions = [
    'foo1',
    'v1alpha2',
    'v10',
    'v2',
    'v1beta1',
    'v3alpha1',
    'v11beta2',
    'foo10',
    'v1',
  ]
  expect(versions.toSorted(byVersionPriority)).toEqual([
    'v10',
    'v2',
    'v1',
    'v11beta2',
    'v1beta1',
    'v3alpha1',
    'v1alpha2',
    'foo1',
    'foo10',
  ])
})
