import { describe, expect, test } from 'vitest'
import { duplicateFields, goJsonError } from './go-json-error.ts'

describe('what Go says about texts that are no JSON', () => {
  test.each([
    ['{"a": [1, -2.5e+3, true, null, "\\u00e9\\n"], "b": {}}', undefined],
    [' [] ', undefined],
    ['', 'unexpected end of JSON input'],
    ['{"a"', 'unexpected end of JSON input'],
    ['nope', "invalid character 'o' in literal null (expecting 'u')"],
    ['apiVersion: v1', "invalid character 'a' looking for beginning of value"],
    ['{a: 1}', "invalid character 'a' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a": 1 "b"}', `invalid character '"' after object key:value pair`],
    ['{"a": 1,}', "invalid character '}' looking for beginning of object key string"],
    ['[1 2]', "invalid character '2' after array element"],
    ['{} {}', "invalid character '{' after top-level value"],
    ['"\n"', String.raw`invalid character '\n' in string literal`],
    [String.raw`"\x"`, "invalid character 'x' in string escape code"],
    ['-a', "invalid character 'a' in numeric literal"],
    ['1.x', "invalid character 'x' after decimal point in numeric literal"],
    ["{'a'}", String.raw`invalid character '\'' looking for beginning of object key string`],
  ])('%s', (text, message) => {
    expect(goJsonError(text)).toBe(message)
  })
})

test('fields that are named twice', () => {
  const text = '{"a": 1, "b": {"c": [{"d": 1, "d": 2}], "c": 3}, "a": 2, "a": 3}'
  expect(duplicateFields(text)).toEqual(['b.c[0].d', 'b.c', 'a'])
})
