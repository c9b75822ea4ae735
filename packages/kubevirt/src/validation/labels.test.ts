import { expect, test } from 'vitest'
import { labelValueFindings, metadataKeyFindings } from './labels.ts'

const codes = (findings: { code: string }[]) => findings.map(({ code }) => code)

test.each([
  ['app', []],
  ['app.kubernetes.io/name', []],
  ['a_b.C-9', []],
  ['', ['required']],
  ['/name', ['metadata.key']],
  ['a/b/c', ['metadata.key']],
  ['Upper.io/name', ['metadata.key']],
  ['-edge', ['metadata.key']],
  ['with blank', ['metadata.key']],
  ['x'.repeat(64), ['tooLong']],
])('F-38 the key %s', (key, expected) => {
  expect(codes(metadataKeyFindings(key))).toEqual(expected)
})

test.each([
  ['', []],
  ['web', []],
  ['1.2_3-a', []],
  ['a b', ['metadata.labelValue']],
  ['https://x', ['metadata.labelValue']],
  ['x'.repeat(64), ['tooLong']],
])('F-38 the label value %s', (value, expected) => {
  expect(codes(labelValueFindings(value))).toEqual(expected)
})
