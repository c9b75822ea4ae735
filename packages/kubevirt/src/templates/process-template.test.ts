import { describe, expect, test } from 'vitest'
import {
  generateExpression,
  MissingParametersError,
  processTemplate,
} from './process-template.ts'
import type { Template } from './template.ts'

/** Always the last of the choices. */
const last = (limit: number): number => limit - 1

test.each([
  ['vm-[a-c0-2]{4}', 'vm-2222'],
  ['[a-z]{2}-[0-9]', 'zz-9'],
  ['[\\d]{3}', '999'],
  ['no ranges', 'no ranges'],
])('the expression %s makes %s', (expression, expected) => {
  expect(generateExpression(expression, last)).toBe(expected)
})

const template: Template = {
  metadata: { name: 'fedora', namespace: 'openshift' },
  labels: { app: 'web' },
  parameters: [
    { name: 'NAME', required: true },
    { name: 'CORES', value: '2' },
    { name: 'PASSWORD', generate: 'expression', from: '[a-b]{3}' },
  ],
  objects: [
    {
      kind: 'VirtualMachine',
      metadata: { name: '${NAME}', namespace: 'elsewhere', labels: { own: '${NAME}' } },
      spec: { cores: '${{CORES}}', text: '${CORES} of ${UNKNOWN}', password: '${PASSWORD}' },
    },
  ],
}

describe('processTemplate', () => {
  test('fills parameters in, adds labels and leaves the namespace open', () => {
    expect(processTemplate(template, { parameters: { NAME: 'a' }, random: last })).toEqual([
      {
        kind: 'VirtualMachine',
        metadata: { name: 'a', labels: { own: 'a', app: 'web' } },
        spec: { cores: 2, text: '2 of ${UNKNOWN}', password: 'bbb' },
      },
    ])
  })

  test('keeps a namespace that a parameter says', () => {
    const objects = [{ kind: 'ConfigMap', metadata: { name: 'a', namespace: '${WHERE}' } }]
    const parameters = [{ name: 'WHERE', value: 'development' }]
    expect(processTemplate({ objects, parameters }, { random: last })).toEqual([
      { kind: 'ConfigMap', metadata: { name: 'a', namespace: 'development' } },
    ])
  })

  test('names every parameter that is missing', () => {
    expect(() => processTemplate(template, { random: last })).toThrow(
      new MissingParametersError(['NAME']),
    )
  })
})
