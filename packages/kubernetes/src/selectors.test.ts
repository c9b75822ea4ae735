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

  it('names the term that it cannot read', () => {
    expect(() => parseLabelSelector('app=web,=x')).toThrow('unable to parse requirement: =x')
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
