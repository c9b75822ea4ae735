import { describe, expect, test } from 'vitest'
import { defaultValues, withSource } from '../create/defaults.ts'
import { withTemplate } from '../create/from-template.ts'
import { namedBase } from '../create/named-base.ts'
import { newNic } from '../create/networking-values.ts'
import { toManifests, virtualMachineManifest } from '../create/to-manifests.ts'
import type { GeneralValues, ProvisionSource } from '../create/values.ts'
import type { VirtualMachine } from '../types.ts'
import { processTemplate } from './process-template.ts'
import { virtualMachineOf } from './template.ts'
import { toTemplate } from './to-template.ts'

function valuesWith(changes: Partial<GeneralValues> = {}) {
  const values = defaultValues('shop')
  Object.assign(values.general, { name: 'web', image: 'localhost/linux' }, changes)
  return values
}

test('F-60 says what it is for as common templates do', () => {
  const { metadata, parameters } = toTemplate(
    valuesWith({
      description: 'Of our shop',
      displayName: 'Web server',
      provider: 'Shop',
      operatingSystem: 'fedora',
      flavor: 'large',
      workloadProfile: 'highPerformance',
    }),
  )
  expect(metadata).toEqual({
    name: 'web',
    namespace: 'shop',
    annotations: {
      description: 'Of our shop',
      'openshift.io/display-name': 'Web server',
      'openshift.io/provider-display-name': 'Shop',
      'template.kubevirt.io/provider': 'Shop',
      'name.os.template.kubevirt.io/fedora': 'Fedora',
    },
    labels: {
      'template.kubevirt.io/type': 'vm',
      'os.template.kubevirt.io/fedora': 'true',
      'workload.template.kubevirt.io/highperformance': 'true',
      'flavor.template.kubevirt.io/large': 'true',
    },
  })
  expect(parameters).toEqual([
    {
      name: 'NAME',
      description: 'Name of the virtual machine',
      generate: 'expression',
      from: 'web-[a-z0-9]{16}',
    },
  ])
})

test('F-60 what was left out is not said', () => {
  const { metadata } = toTemplate(valuesWith({ sizing: 'instancetype', instancetype: 'a/b' }))
  expect(Object.keys(metadata?.annotations ?? {})).toEqual([
    'name.os.template.kubevirt.io/linux-sample',
  ])
  expect(Object.keys(metadata?.labels ?? {}).join()).not.toContain('flavor')
})

test.each([
  ['web', 'web-[a-z0-9]{16}'],
  [`${'a'.repeat(45)}-${'b'.repeat(100)}`, `${'a'.repeat(45)}-[a-z0-9]{16}`],
])('F-60 the names that %s makes up fit labels', (name, expected) => {
  expect(toTemplate(valuesWith({ name })).parameters?.[0]?.from).toBe(expected)
})

const SOURCES: Record<ProvisionSource, Partial<GeneralValues>> = {
  container: {},
  url: { url: 'https://example.com/a.qcow2', urlSecret: 'user', urlCertificates: 'ca' },
  clonedDisk: { clone: { namespace: 'images', claim: 'golden', bytes: null, usedBy: '' } },
  pxe: {},
}

describe.each(Object.entries(SOURCES))('F-60 source %s', (name, changes) => {
  const source = name as ProvisionSource
  const values = valuesWith({ source, ...changes })
  values.storage = withSource(values.storage, source, 'virtio')
  if (source === 'pxe') {
    const boot = { ...newNic(values.networking.nics, 'virtio'), network: 'provisioning' }
    values.networking = { nics: [...values.networking.nics, boot], bootNic: boot.name }
  }

  test.each<[string, Partial<GeneralValues>]>([
    ['nothing else', {}],
    ['a description, which is of the template', { description: 'A template' }],
    [
      'Windows with an answer file',
      {
        operatingSystem: 'windows2k22',
        windows: { drivers: true, unattend: '<unattend></unattend>' },
      },
    ],
    [
      'a script with a dollar sign',
      {
        cloudInit: {
          ...values.general.cloudInit,
          enabled: true,
          mode: 'script',
          script: '#!/bin/sh\necho ${HOME} > /name\n',
        },
      },
    ],
  ])('makes the VM that the wizard would make, with %s', (_title, options) => {
    const general = { ...values.general, ...options }
    const template = toTemplate({ ...values, general })
    const parameters = { NAME: 'shop-1' }
    const made = processTemplate(template, { parameters, random: () => 0 })
    const wanted = toManifests({
      ...values,
      general: { ...general, name: 'shop-1', description: '', startOnCreation: false },
    })
    expect(made).toMatchObject(
      wanted.map(({ metadata, ...object }) => ({
        ...object,
        metadata: { name: metadata?.name },
      })),
    )
    expect(made.at(-1)?.metadata).not.toHaveProperty('namespace')
    expect(made.at(-1)?.metadata?.labels).toEqual({
      'vm.kubevirt.io/template': 'web',
      'vm.kubevirt.io/template.namespace': 'shop',
    })
  })
})

test('F-60 the hidden parts of a template that it began with stay', () => {
  const base: VirtualMachine = {
    metadata: {
      annotations: { 'vm.kubevirt.io/validations': '[]' },
      labels: { 'vm.kubevirt.io/template': 'another', app: '${NAME}' },
    },
    spec: {
      running: false,
      template: {
        spec: {
          evictionStrategy: 'LiveMigrate',
          domain: { firmware: { serial: '${NAME}' }, devices: { rng: {} } },
        },
      },
    },
  }
  const template = toTemplate(valuesWith(), { base })
  const made = virtualMachineOf(template)!
  expect(made.metadata).toEqual({
    name: '${NAME}',
    annotations: { 'vm.kubevirt.io/validations': '[]' },
    labels: {
      app: '${NAME}',
      'vm.kubevirt.io/template': 'web',
      'vm.kubevirt.io/template.namespace': 'shop',
    },
  })
  expect(made.spec.template.spec).toMatchObject({
    evictionStrategy: 'LiveMigrate',
    domain: { firmware: { serial: '${NAME}' }, devices: { rng: {} } },
  })
  // What the wizard reads again is what it wrote.
  const again = virtualMachineManifest(valuesWith({ name: 'x' }), {
    base: namedBase(made, 'x'),
  })
  expect(again.metadata?.labels?.['app']).toBe('x')
})

test('F-60 the wizard reads the answer file again that it wrote', () => {
  const unattend = '<unattend></unattend>'
  const values = valuesWith({
    operatingSystem: 'windows2k22',
    windows: { drivers: true, unattend },
  })
  const template = toTemplate(values)
  const base = virtualMachineOf(template)!
  const { objects = [] } = template
  const { general } = withTemplate(defaultValues('shop'), { template, base, objects })
  expect(general).toMatchObject({ operatingSystem: 'windows2k22', windows: { unattend } })
})
