import { expect, test } from 'vitest'
import type { VirtualMachine } from '../types.ts'
import { defaultValues } from './defaults.ts'
import { withTemplate } from './from-template.ts'
import { openParameters } from './open-parameters.ts'

const base: VirtualMachine = {
  metadata: { annotations: { licence: '${LICENCE}' } },
  spec: {
    template: {
      spec: {
        domain: { devices: { disks: [{ name: 'root', disk: {} }] } },
        volumes: [{ name: 'root', containerDisk: { image: '${IMAGE}' } }],
      },
    },
  },
}

const parameters = ['NAME', 'LICENCE', 'IMAGE'].map((name) => ({ name, required: true }))

test.each([
  ['nothing is asked for', [], []],
  ['a field has replaced the one', parameters, ['LICENCE']],
])('F-60 parameters that stay open where %s', (_title, asked, expected) => {
  const template = { metadata: { name: 'a', namespace: 'b' }, parameters: asked }
  const values = withTemplate(defaultValues('shop'), { template, base })
  values.general.image = 'localhost/linux'
  expect(openParameters(values, { template, base })).toEqual(expected)
})
