import { expect, test } from 'vitest'
import { csvCell } from './virtual-machine-csv.ts'

test.each([
  ['plain', 'plain'],
  ['=HYPERLINK("http://evil.example")', `"'=HYPERLINK(""http://evil.example"")"`],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', `"'\r=1"`],
  ['a, b', '"a, b"'],
  ['two\nlines', '"two\nlines"'],
  ['say "no"', '"say ""no"""'],
  [-1, '-1'],
  [undefined, ''],
])('%j is written as %j', (value, expected) => expect(csvCell(value)).toBe(expected))
