import { expect, test } from 'vitest'
import type { OpenApiDocument } from './openapi.ts'
import { textSchema, typesIn } from './text-schema.ts'

test('a text names its types, each once', () => {
  const text = `# first
apiVersion: kubevirt.io/v1
kind: VirtualMachine
spec:
  template:
    apiVersion: not/this
---
apiVersion: "v1"
kind: Secret # a comment
---
kind: VirtualMachine
apiVersion: kubevirt.io/v1
---
kind: NoVersion
`
  expect(typesIn(text)).toEqual([
    { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine' },
    { apiVersion: 'v1', kind: 'Secret' },
  ])
})

const document: OpenApiDocument = {
  components: {
    schemas: {
      'a.Machine': {
        type: 'object',
        properties: {
          metadata: { allOf: [{ $ref: '#/components/schemas/a.Meta' }] },
          cpu: { $ref: '#/components/schemas/io.k8s.apimachinery.pkg.api.resource.Quantity' },
          port: { 'x-kubernetes-int-or-string': true, description: 'By number or name' },
          labels: { type: 'object', additionalProperties: { type: 'string' } },
          free: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
            properties: {},
          },
          end: { type: 'string', nullable: true },
          made: { type: 'string', format: 'date-time' },
        },
        'x-kubernetes-group-version-kind': [{ group: 'a', version: 'v1', kind: 'Machine' }],
      },
      'a.Other': {
        type: 'object',
        properties: { metadata: {} },
        'x-kubernetes-group-version-kind': [{ group: 'a', version: 'v1', kind: 'Other' }],
      },
      'a.Meta': { type: 'object', properties: { name: { type: 'string' } } },
      'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: 'string' },
    },
  },
}

const schema = textSchema({
  types: [{ apiVersion: 'a/v1', kind: 'Machine' }],
  documents: [document],
  apiVersions: ['v1', 'a/v1'],
})

test('only the types of the text take part; the others are proposed as kinds', () => {
  expect(schema.allOf).toEqual([
    {
      if: {
        properties: { apiVersion: { const: 'a/v1' }, kind: { const: 'Machine' } },
        required: ['apiVersion', 'kind'],
      },
      // oxlint-disable-next-line unicorn/no-thenable -- JSON schema's own word
      then: { $ref: '#/definitions/a.Machine' },
    },
  ])
  expect(schema.properties).toMatchObject({
    apiVersion: { examples: ['v1', 'a/v1'] },
    kind: { examples: ['Machine', 'Other'] },
  })
})

test('what Kubernetes means by its schemas', () => {
  expect(schema.definitions?.['a.Machine']).toEqual({
    type: 'object',
    additionalProperties: false,
    properties: {
      metadata: { allOf: [{ $ref: '#/definitions/a.Meta' }] },
      cpu: { $ref: '#/definitions/io.k8s.apimachinery.pkg.api.resource.Quantity' },
      port: { type: ['integer', 'string'], description: 'By number or name' },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: {} },
      end: { type: ['string', 'null'] },
      made: { type: ['string', 'null'], format: 'date-time' },
    },
  })
  const quantity = schema.definitions?.['io.k8s.apimachinery.pkg.api.resource.Quantity']
  expect(quantity).toEqual({ type: ['string', 'number'] })
})
