import { expect, test } from 'vitest'
import type { VirtualMachine } from '../types.ts'
import { copyTemplate } from './copy-template.ts'
import { besideVirtualMachine, parametersToAsk, quickCreate } from './quick-create.ts'
import { bootSourceOf, shownVirtualMachine } from './shown-virtual-machine.ts'
import type { Template } from './template.ts'

const virtualMachine: VirtualMachine = {
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { name: '${NAME}', labels: { app: '${NAME}' } },
  spec: {
    running: false,
    dataVolumeTemplates: [
      {
        metadata: { name: '${NAME}' },
        spec: { sourceRef: { kind: 'DataSource', name: '${SOURCE}', namespace: 'images' } },
      },
    ],
    template: {
      spec: {
        domain: {
          devices: {
            disks: [{ name: 'drivers' }, { name: 'root', bootOrder: 1 }],
          },
        },
        volumes: [{ name: 'root', dataVolume: { name: '${NAME}' } }],
      },
    },
  },
}

const template: Template = {
  metadata: {
    name: 'fedora-server-small',
    namespace: 'openshift',
    uid: '1',
    resourceVersion: '7',
    labels: {
      'template.kubevirt.io/type': 'base',
      'template.kubevirt.io/default-os-variant': 'true',
      'os.template.kubevirt.io/fedora': 'true',
    },
    annotations: { 'openshift.io/display-name': 'Fedora VM', description: 'A Fedora' },
  },
  objects: [virtualMachine],
  parameters: [
    { name: 'NAME', generate: 'expression', from: 'fedora-[a-z]{4}' },
    { name: 'SOURCE', value: 'fedora' },
  ],
}

test('F-60 a clone is a template of its user, not of the cluster', () => {
  expect(copyTemplate(template, { namespace: 'development', name: 'mine' })).toEqual({
    apiVersion: 'template.openshift.io/v1',
    kind: 'Template',
    metadata: {
      name: 'mine',
      namespace: 'development',
      labels: {
        'template.kubevirt.io/type': 'vm',
        'os.template.kubevirt.io/fedora': 'true',
      },
      annotations: { description: 'A Fedora' },
    },
    objects: template.objects,
    parameters: template.parameters,
  })
})

test.each([
  [true, 'Always'],
  [false, 'Halted'],
])('F-60 with nothing but a name; started: %s', (start, runStrategy) => {
  const target = { namespace: 'development', name: 'web', start }
  expect(quickCreate(virtualMachine, target)).toMatchObject({
    metadata: { name: 'web', namespace: 'development', labels: { app: 'web' } },
    spec: { runStrategy, dataVolumeTemplates: [{ metadata: { name: 'web' } }] },
  })
  expect(quickCreate(virtualMachine, target).spec).not.toHaveProperty('running')
})

test('F-60 a template that asks for more than a name says for what', () => {
  expect(parametersToAsk(template)).toEqual([])
  const parameters = [
    { name: 'NAME', required: true },
    { name: 'LICENCE', required: true },
  ]
  expect(parametersToAsk({ ...template, parameters })).toEqual([parameters[1]])
})

test('F-60 known parameters are filled in for reading, the name stays open', () => {
  const shown = shownVirtualMachine(template)
  expect(shown?.metadata?.name).toBe('${NAME}')
  expect(shown && bootSourceOf(shown)).toBe('DataSource images/fedora')
})

test('F-60 what is made beside the VM has its name and goes where it goes', () => {
  const answers = { kind: 'ConfigMap', metadata: { name: '${NAME}-sysprep' } }
  const target = { namespace: 'shop', name: 'web' }
  expect(besideVirtualMachine([answers, virtualMachine], target)).toEqual([
    { kind: 'ConfigMap', metadata: { name: 'web-sysprep', namespace: 'shop' } },
  ])
})
