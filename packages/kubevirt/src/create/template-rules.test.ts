import { expect, test } from 'vitest'
import type { VirtualMachine } from '../types.ts'
import { defaultValues } from './defaults.ts'
import { namedBase } from './named-base.ts'
import { brokenTemplateRules } from './template-rules.ts'
import { virtualMachineManifest } from './to-manifests.ts'
import type { GeneralValues } from './values.ts'

const base = (rules: object[]): VirtualMachine => ({
  metadata: {
    name: '${NAME}',
    annotations: { 'vm.kubevirt.io/validations': JSON.stringify(rules) },
  },
  spec: { template: { spec: { domain: { devices: {} }, hostname: 'host-${NAME}' } } },
})

const memory = {
  name: 'minimum',
  path: 'jsonpath::.spec.domain.memory.guest',
  rule: 'integer',
  min: 4 * 1024 ** 3,
  message: 'More memory.',
}
const bus = {
  name: 'bus',
  path: 'jsonpath::.spec.domain.devices.disks[*].disk.bus',
  rule: 'enum',
  values: ['sata'],
  message: 'SATA is safer.',
  justWarning: true,
}
const firmware = {
  name: 'firmware',
  path: 'jsonpath::.spec.terminationGracePeriodSeconds',
  rule: 'integer',
  max: 0,
  message: '',
}

function broken(rules: object[], general: Partial<GeneralValues>, more: object = {}) {
  const values = defaultValues('default')
  const template = base(rules)
  Object.assign(template.spec.template?.spec ?? {}, more)
  const chosen = { ...values, general: { ...values.general, name: 'web', ...general } }
  return brokenTemplateRules(chosen, template)
}

test('a rule about memory is broken where memory is chosen', () => {
  expect(broken([memory], { flavor: 'custom', memory: '2', memoryUnit: 'Gi' })).toEqual([
    { path: 'general.memory', message: 'More memory.', isWarning: false },
  ])
  expect(broken([memory], { flavor: 'small' })).toMatchObject([{ path: 'general.flavor' }])
  expect(broken([memory], { flavor: 'medium' })).toEqual([])
})

test('a rule for each disk is a warning at the first one', () => {
  expect(broken([bus], {})).toEqual([
    { path: 'storage.disks.0.bus', message: 'SATA is safer.', isWarning: true },
  ])
})

test('a rule about what no field shows is the template itself to blame', () => {
  expect(broken([firmware], {}, { terminationGracePeriodSeconds: 30 })).toEqual([
    { path: 'general.template', message: 'firmware', isWarning: false },
  ])
})

test('the name is filled in last, and whatever was typed so far', () => {
  const values = defaultValues('default')
  values.general.name = 'web'
  const { spec } = virtualMachineManifest(values, { base: base([]) })
  expect(spec.template?.spec?.hostname).toBe('host-web')
  expect(namedBase(base([]), 'a"$&').metadata?.name).toBe('a"$&')
})
