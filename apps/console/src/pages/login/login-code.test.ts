import { expect, test } from 'vitest'
import { safeNext } from './login-code.ts'

test.each([
  ['/virtual-machines?page=2', '/virtual-machines?page=2'],
  [null, '/'],
  ['https://elsewhere.example', '/'],
  ['//elsewhere.example', '/'],
  ['/\\elsewhere.example', '/'],
  ['javascript:alert(1)', '/'],
])('after signing in with next=%s the user lands at %s', (next, expected) => {
  expect(safeNext(next, '/')).toBe(expected)
})
