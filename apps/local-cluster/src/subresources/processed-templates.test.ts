import { describe, expect, it } from 'vitest'
import { answerFor } from './processed-templates.ts'

const template = {
  metadata: { name: 'fedora' },
  labels: { from: 'template' },
  objects: [
    {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name: '${NAME}', namespace: 'openshift', labels: { app: '${NAME}' } },
      spec: { cores: '${{CORES}}', text: 'cores: ${CORES}, ${UNKNOWN}' },
    },
  ],
  parameters: [
    { name: 'NAME', generate: 'expression', from: 'fedora-[a-z0-9]{16}' },
    { name: 'CORES', value: '2' },
  ],
}

describe('a processed template', () => {
  it('has its parameters in its objects, as texts and as what they are', () => {
    const { objects, parameters } = answerFor(structuredClone(template), 'development')
    const name = parameters?.[0]?.value
    expect(name).toMatch(/^fedora-[a-z0-9]{16}$/)
    expect(objects).toEqual([
      {
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachine',
        metadata: { name, labels: { app: name, from: 'template' } },
        spec: { cores: 2, text: 'cores: 2, ${UNKNOWN}' },
      },
    ])
  })

  it('asks for parameters that are required', () => {
    const parameters = [{ name: 'SOURCE', required: true }]
    expect(() => answerFor({ ...template, parameters }, 'development')).toThrow(
      'Template.template.openshift.io "fedora" is invalid: template.parameters[0]: Required value: template.parameters[0]: parameter SOURCE is required and must be specified',
    )
  })
})
