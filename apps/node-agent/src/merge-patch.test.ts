import { expect, test } from 'vitest'
import { mergePatch } from './merge-patch.ts'

test.each<[string, object, object, object | undefined]>([
  ['nothing', { a: 1, b: { c: [1] } }, { a: 1, b: { c: [1] } }, undefined],
  ['a removed field', { a: 1, b: 2 }, { b: 2 }, { a: null }],
  ['a removed inner field', { a: { b: 1, c: 2 } }, { a: { c: 2 } }, { a: { b: null } }],
  ['lists as wholes', { a: [1, 2] }, { a: [2] }, { a: [2] }],
  ['new fields', {}, { a: { b: 1 } }, { a: { b: 1 } }],
  ['undefined is removed', { a: 1 }, { a: undefined }, { a: null }],
])('%s', (_title, before, after, patch) => {
  expect(mergePatch(before, after)).toEqual(patch)
})
