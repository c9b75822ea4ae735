import { expect, test } from 'vitest'
import { shownConsoles } from './shown-consoles.ts'

test.each([
  [null, []],
  ['', []],
  ['a/b', ['a/b']],
  ['a/b,a/c,a/b', ['a/b', 'a/c']],
  ['a,/b,a/,a/b/c,d/e', ['d/e']],
  ['a/1,a/2,a/3,a/4,a/5', ['a/1', 'a/2', 'a/3', 'a/4']],
])('%j shows %j', (parameter, expected) => {
  expect(shownConsoles(parameter).map(({ namespace, name }) => `${namespace}/${name}`)).toEqual(
    expected,
  )
})
