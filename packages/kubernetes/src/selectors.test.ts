import { describe, expect, it } from 'vitest'
import {
  matchesFields,
  matchesLabels,
  parseFieldSelector,
  parseLabelSelector,
  requirementsOf,
} from './selectors.ts'

const labels = { app: 'web', tier: 'front', 'kubevirt.io/domain': 'vm-a' }

describe('label selectors', () => {
  it.each([
    ['app=web', true],
    ['app==web', true],
    ['app=db', false],
    ['app!=db', true],
    ['missing!=x', true],
    ['app in (web, db)', true],
    ['app notin (web,db)', false],
    ['missing notin (a)', true],
    ['tier', true],
    ['!tier', false],
    ['!missing', true],
    ['kubevirt.io/domain=vm-a,tier in (front)', true],
    ['', true],
  ])('%s', (selector, expected) => {
    expect(matchesLabels(parseLabelSelector(selector), labels)).toBe(expected)
  })

  it.each([
    ['app=web,=x', "found '=', expected: identifier after ','"],
    ['a=b=c', "found '=', expected: ',' or 'end of string'"],
    ['=a', "found '=', expected: !, identifier, or 'end of string'"],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    [
      'a>x',
      `unable to parse requirement: values[0]: Invalid value: "x": for 'Gt', 'Lt' operators, the value must be an integer`,
    ],
    ['a=-', 'unable to parse requirement: values[0][a]: Invalid value: "-": a valid label'],
    ['_a', 'unable to parse requirement: <nil>: Invalid value: "_a": name part must consist'],
  ])('says what is wrong with %s', (text, message) => {
    expect(() => parseLabelSelector(text)).toThrow(message)
  })

  it('reads the object form', () => {
    const selector = {
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'tier', operator: 'In', values: ['front', 'back'] }],
    }
    expect(matchesLabels(requirementsOf(selector), labels)).toBe(true)
    expect(matchesLabels(requirementsOf(selector), { app: 'web' })).toBe(false)
  })
})

describe('field selectors', () => {
  const valueOf = (path: string) =>
    ({ 'metadata.name': 'a', 'status.phase': 'Running' })[path] ?? ''
  it.each([
    ['metadata.name=a', true],
    ['metadata.name==a,status.phase!=Failed', true],
    ['metadata.name!=a', false],
    ['spec.nodeName=', true],
  ])('%s', (selector, expected) => {
    expect(matchesFields(parseFieldSelector(selector), valueOf)).toBe(expected)
  })
})
