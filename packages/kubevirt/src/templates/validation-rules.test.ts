import { expect, test } from 'vitest'
import type { VirtualMachine } from '../types.ts'
import { brokenRules, limitsOf, VALIDATIONS_ANNOTATION } from './validation-rules.ts'

const GUEST = 'jsonpath::.spec.domain.memory.guest'

function virtualMachine(rules: unknown): VirtualMachine {
  const text = typeof rules === 'string' ? rules : JSON.stringify(rules)
  return {
    metadata: { annotations: { [VALIDATIONS_ANNOTATION]: text } },
    spec: {
      template: {
        spec: {
          domain: {
            memory: { guest: '1Gi' },
            machine: { type: 'q35' },
            devices: {
              disks: [
                { name: 'a', disk: { bus: 'virtio' } },
                { name: 'b', disk: { bus: 'sata' } },
              ],
            },
          },
        },
      },
    },
  }
}

const bus = 'jsonpath::.spec.domain.devices.disks[*].disk.bus'

test.each([
  ['memory that is enough', { rule: 'integer', path: GUEST, min: 1024 ** 3 }, []],
  ['too little memory', { rule: 'integer', path: GUEST, min: 2 ** 31 }, ['rule']],
  ['too much memory', { rule: 'integer', path: GUEST, max: 1024 }, ['rule']],
  [
    'an allowed value in all of a list',
    { rule: 'enum', path: bus, values: ['virtio', 'sata'] },
    [],
  ],
  [
    'one value in a list that is not allowed',
    { rule: 'enum', path: bus, values: ['sata'] },
    ['rule'],
  ],
  ['an element by number', { rule: 'enum', path: bus.replace('*', '1'), values: ['sata'] }, []],
  [
    'a text that matches',
    { rule: 'regex', path: 'jsonpath::.spec.domain.machine.type', regex: '^q' },
    [],
  ],
  [
    'a text that does not',
    { rule: 'regex', path: 'jsonpath::.spec.domain.machine.type', regex: '^pc' },
    ['rule'],
  ],
  [
    'lengths',
    { rule: 'string', path: 'jsonpath::.spec.domain.machine.type', maxLength: 2 },
    ['rule'],
  ],
  [
    'a path that the VM does not have',
    { rule: 'integer', path: 'jsonpath::.spec.domain.cpu.cores', min: 4 },
    [],
  ],
  [
    'a rule for another kind of VM',
    { rule: 'integer', path: GUEST, min: 2 ** 40, valid: 'jsonpath::.spec.domain.cpu' },
    [],
  ],
  ['an unknown rule', { rule: 'future', path: GUEST }, []],
  [
    'a pattern that JavaScript cannot read',
    { rule: 'regex', path: GUEST, regex: '(?P<a>' },
    [],
  ],
])('%s', (_title, rule, expected) => {
  const broken = brokenRules(virtualMachine([{ name: 'rule', message: 'no', ...rule }]))
  expect(broken.map(({ name }) => name)).toEqual(expected)
})

test('a broken rule says where, in its own words, and whether it only warns', () => {
  const rule = {
    name: 'memory',
    rule: 'integer',
    path: GUEST,
    min: 2 ** 31,
    message: 'More!',
    justWarning: true,
  }
  expect(brokenRules(virtualMachine([rule]))).toEqual([
    { name: 'memory', message: 'More!', field: 'spec.domain.memory.guest', isWarning: true },
  ])
})

test.each(['', 'not JSON', '{"a":1}'])('%j forbids nothing', (text) => {
  expect(brokenRules(virtualMachine(text))).toEqual([])
})

test('limits are the strictest of all rules', () => {
  const rules = [
    { rule: 'integer', path: GUEST, min: 10, max: 100 },
    { rule: 'integer', path: GUEST, min: 20 },
    { rule: 'integer', path: GUEST, min: 30, justWarning: true },
  ]
  expect(limitsOf(virtualMachine(rules), 'spec.domain.memory.guest')).toEqual({
    min: 20,
    max: 100,
  })
  expect(limitsOf(virtualMachine(rules), 'spec.domain.cpu.cores')).toEqual({})
})
