import { describe, expect, it } from 'vitest'
import { RESOURCES } from '../resources/index.ts'
import type { ResourceDefinition } from '../registry.ts'
import type { JsonSchema } from './json-schema.ts'
import { schemaError, strictDecodingError } from './refusals.ts'
import { checkSchema } from './validate.ts'

function kind(name: string): ResourceDefinition {
  const definition = RESOURCES.find((resource) => resource.kind === name)
  if (!definition) throw new Error(`no kind ${name}`)
  return definition
}

function virtualMachine(spec: object = {}) {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name: 'bad', namespace: 'development' },
    spec: {
      runStrategy: 'Halted',
      template: {
        spec: {
          domain: { devices: { disks: [{ name: 'root', disk: { bus: 'virtio' } }] } },
          volumes: [{ name: 'root', containerDisk: { image: 'x' } }],
        },
      },
      ...spec,
    },
  }
}

function withMemory(memory: unknown) {
  const object = virtualMachine()
  Object.assign(object.spec.template.spec.domain, { resources: { requests: { memory } } })
  return object
}

function refusal(kindName: string, object: object) {
  const definition = kind(kindName)
  const { problems } = checkSchema(definition, object)
  if (problems.length === 0) return undefined
  const refused = { definition, version: definition.versions[0] ?? '', name: 'bad' }
  return schemaError(refused, problems).status
}

const WEBHOOK = 'admission webhook "virtualmachines-mutator.kubevirt.io" denied the request: '

describe('schema errors', () => {
  it('lets a good VM pass, in either spelling of a quantity', () => {
    expect(refusal('VirtualMachine', withMemory('128Mi'))).toBeUndefined()
    expect(refusal('VirtualMachine', withMemory(134_217_728))).toBeUndefined()
  })

  it.each<
    [what: string, object: object, message: string, code: number, causes: object[] | undefined]
  >([
    [
      'a wrong type',
      virtualMachine({ running: 'yes' }),
      `${WEBHOOK}spec.running in body must be of type boolean: "string"`,
      422,
      [{ message: 'spec.running in body must be of type boolean: "string"' }],
    ],
    [
      'a missing field',
      { spec: { running: false } },
      `${WEBHOOK}spec.template in body is required`,
      422,
      [{ message: 'spec.template in body is required' }],
    ],
    [
      'a bad quantity',
      withMemory('lots'),
      `${WEBHOOK}quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
      400,
      undefined,
    ],
    [
      'an object for a list',
      virtualMachine({ dataVolumeTemplates: {} }),
      `${WEBHOOK}spec.dataVolumeTemplates in body must be of type array: "object"`,
      422,
      [{ message: 'spec.dataVolumeTemplates in body must be of type array: "object"' }],
    ],
  ])('of a VM are told by the mutating webhook: %s', (_what, object, message, code, causes) => {
    const status = refusal('VirtualMachine', object)
    expect(status).toMatchObject({ message, code })
    expect(status?.details?.causes).toEqual(causes)
  })

  it('of other custom resources name kind, object and field', () => {
    const status = refusal('VirtualMachineInstanceMigration', { spec: { vmiName: 5 } })
    expect(status).toMatchObject({
      code: 422,
      reason: 'Invalid',
      message:
        'VirtualMachineInstanceMigration.kubevirt.io "bad" is invalid: spec.vmiName: Invalid value: "integer": spec.vmiName in body must be of type string: "integer"',
      details: {
        causes: [
          {
            reason: 'FieldValueTypeInvalid',
            message:
              'Invalid value: "integer": spec.vmiName in body must be of type string: "integer"',
            field: 'spec.vmiName',
          },
        ],
      },
    })
  })

  it.each<[what: string, kindName: string, object: object, message: string]>([
    [
      'a number in a map of strings',
      'ConfigMap',
      { data: { a: 5 } },
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
    ],
    [
      'a string for a list of structs',
      'Pod',
      { spec: { containers: 'x' } },
      'Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type []v1.Container',
    ],
    [
      'a string for a boolean inside a list',
      'Pod',
      { spec: { containers: [{ name: 'a', tty: 'yes' }] } },
      'Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal string into Go struct field Container.spec.containers.tty of type bool',
    ],
    [
      'a number that is too large',
      'Service',
      { spec: { ports: [{ port: 5_000_000_000 }] } },
      'Service in version "v1" cannot be handled as a Service: json: cannot unmarshal number 5000000000 into Go struct field ServicePort.spec.ports.port of type int32',
    ],
    [
      'a fraction of a second',
      'Pod',
      { spec: { terminationGracePeriodSeconds: 1.5 } },
      'Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal number 1.5 into Go struct field PodSpec.spec.terminationGracePeriodSeconds of type int64',
    ],
    [
      'base64 that is none',
      'Secret',
      { data: { a: 'not!' } },
      'Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 3',
    ],
    [
      'a time that is none',
      'Lease',
      { spec: { renewTime: 'yesterday' } },
      'Lease in version "v1" cannot be handled as a Lease: parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"',
    ],
    [
      'a quantity that is none',
      'PersistentVolumeClaim',
      { spec: { resources: { requests: { storage: '1 GB' } } } },
      `PersistentVolumeClaim in version "v1" cannot be handled as a PersistentVolumeClaim: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
    ],
  ])('of built-in kinds are the Go decoder’s: %s', (_what, kindName, object, message) => {
    expect(refusal(kindName, object)).toMatchObject({
      code: 400,
      reason: 'BadRequest',
      message,
    })
  })

  it('does not ask built-in kinds for the fields that Go fills with zeros', () => {
    expect(refusal('Event', { metadata: {} })).toBeUndefined()
  })

  it('lists the values of an enumeration', () => {
    expect(
      refusal('Pod', { spec: { restartPolicy: 'Sometimes', containers: [] } }),
    ).toMatchObject({
      code: 422,
      message:
        'Pod "bad" is invalid: spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "Never", "OnFailure"',
    })
  })
})

describe('what a custom resource’s schema asks for', () => {
  const word: JsonSchema = { type: 'string' }
  const schema: JsonSchema = {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', minLength: 2, maxLength: 4, pattern: '^[a-z]*$' },
      size: { type: 'integer', minimum: 1, maximum: 9 },
      ratio: { type: 'number' },
      when: { type: 'string', format: 'date-time' },
      mode: { type: 'string', enum: ['Block', 'File'], default: 'File' },
      few: { type: 'array', items: word, minItems: 1, maxItems: 2 },
      tags: { type: 'array', items: word, 'x-kubernetes-list-type': 'set' },
      conditions: {
        type: 'array',
        items: { type: 'object', properties: { type: word } },
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['type'],
      },
      maybe: { type: 'string', nullable: true },
      port: { 'x-kubernetes-int-or-string': true },
    },
  }
  const definition = {
    ...kind('NetworkAttachmentDefinition'),
    schema: { type: 'object', properties: { spec: schema } },
  } satisfies ResourceDefinition
  const causes = (spec: object) => {
    const { problems } = checkSchema(definition, { spec })
    const refused = { definition, version: 'v1', name: 'bad' }
    return schemaError(refused, problems).status.details?.causes ?? []
  }

  it.each<[what: string, change: object, reason: string, field: string, message: string]>([
    ['a field', { name: undefined }, 'FieldValueRequired', 'spec.name', 'Required value'],
    [
      'a whole number',
      { size: 1.5 },
      'FieldValueTypeInvalid',
      'spec.size',
      'Invalid value: "number": spec.size in body must be of type integer: "number"',
    ],
    [
      'a value for null',
      { size: null },
      'FieldValueTypeInvalid',
      'spec.size',
      'Invalid value: "null": spec.size in body must be of type integer: "null"',
    ],
    [
      'more',
      { size: 0 },
      'FieldValueInvalid',
      'spec.size',
      'Invalid value: 0: spec.size in body should be greater than or equal to 1',
    ],
    [
      'less',
      { size: 10 },
      'FieldValueInvalid',
      'spec.size',
      'Invalid value: 10: spec.size in body should be less than or equal to 9',
    ],
    [
      'a longer text',
      { name: 'a' },
      'FieldValueInvalid',
      'spec.name',
      'Invalid value: "a": spec.name in body should be at least 2 chars long',
    ],
    [
      'a shorter text',
      { name: 'abcde' },
      'FieldValueTooLong',
      'spec.name',
      'Too long: may not be more than 4 bytes',
    ],
    [
      'a text of some form',
      { name: 'A1' },
      'FieldValueInvalid',
      'spec.name',
      `Invalid value: "A1": spec.name in body should match '^[a-z]*$'`,
    ],
    [
      'a time',
      { when: '2026-01-01' },
      'FieldValueInvalid',
      'spec.when',
      'Invalid value: "2026-01-01": spec.when in body must be of type date-time: "2026-01-01"',
    ],
    [
      'one of some values',
      { mode: 'Tape' },
      'FieldValueNotSupported',
      'spec.mode',
      'Unsupported value: "Tape": supported values: "Block", "File"',
    ],
    [
      'more items',
      { few: [] },
      'FieldValueInvalid',
      'spec.few',
      'Invalid value: 0: spec.few in body should have at least 1 items',
    ],
    [
      'fewer items',
      { few: ['a', 'b', 'c'] },
      'FieldValueTooMany',
      'spec.few',
      'Too many: 3: must have at most 2 items',
    ],
    [
      'different items',
      { tags: ['a', 'b', 'a'] },
      'FieldValueDuplicate',
      'spec.tags[2]',
      'Duplicate value: "a"',
    ],
    [
      'items with different keys',
      { conditions: [{ type: 'Ready' }, { type: 'Ready' }] },
      'FieldValueDuplicate',
      'spec.conditions[1]',
      'Duplicate value: map[string]interface {}{"type":"Ready"}',
    ],
    [
      'a number or a text',
      { port: true },
      'FieldValueTypeInvalid',
      'spec.port',
      'Invalid value: "boolean": spec.port in body must be of type integer: "boolean"',
    ],
  ])('%s', (_what, change, reason, field, message) => {
    const spec: Record<string, unknown> = { name: 'abc', ...change }
    if (spec.name === undefined) delete spec.name
    expect(causes(spec)).toEqual([{ reason, field, message }])
  })

  it('is filled in where there is a default, and nullable fields stay', () => {
    const spec = { name: 'abc', maybe: null, port: 5, ratio: 0.5 }
    expect(causes(spec)).toEqual([])
    expect(spec).toEqual({ name: 'abc', maybe: null, port: 5, ratio: 0.5, mode: 'File' })
  })
})

describe('unknown fields', () => {
  it('are reported with their paths and pruned', () => {
    const object = virtualMachine({ bogus: 1 })
    Object.assign(object.spec.template.spec.domain.devices.disks[0] ?? {}, { buss: 'x' })
    const { unknownFields } = checkSchema(kind('VirtualMachine'), object)
    expect(unknownFields).toEqual([
      'spec.template.spec.domain.devices.disks[0].buss',
      'spec.bogus',
    ])
    expect(object.spec).not.toHaveProperty('bogus')
    expect(object.spec.template.spec.domain.devices.disks).toEqual([
      { name: 'root', disk: { bus: 'virtio' } },
    ])
  })

  it('are all named by a strict refusal', () => {
    const refused = { definition: kind('VirtualMachine'), version: 'v1', name: 'strict' }
    expect(
      strictDecodingError(refused, ['unknown field "spec.bogus"', 'unknown field "spec.other"'])
        .status,
    ).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message:
        'VirtualMachine in version "v1" cannot be handled as a VirtualMachine: strict decoding error: unknown field "spec.bogus", unknown field "spec.other"',
      reason: 'BadRequest',
      code: 400,
    })
  })

  it('pass where anything is allowed', () => {
    const object = { data: { anything: [1, { goes: true }] }, revision: 1 }
    expect(checkSchema(kind('ControllerRevision'), object)).toEqual({
      unknownFields: [],
      problems: [],
    })
  })

  it('walks schemas that contain themselves', () => {
    const schema = { type: 'object', properties: { a: { properties: { b: { tpye: 'x' } } } } }
    const object = { spec: { versions: [{ name: 'v1', schema: { openAPIV3Schema: schema } }] } }
    const { unknownFields } = checkSchema(kind('CustomResourceDefinition'), object)
    expect(unknownFields).toEqual([
      'spec.versions[0].schema.openAPIV3Schema.properties.a.properties.b.tpye',
    ])
  })
})

describe('nulls', () => {
  it('stay in custom resources, as in embedded metadata', () => {
    const object = virtualMachine()
    Object.assign(object.spec.template, { metadata: { creationTimestamp: null } })
    expect(refusal('VirtualMachine', object)).toBeUndefined()
    expect(object.spec.template).toMatchObject({ metadata: { creationTimestamp: null } })
  })

  it('leave built-in kinds, except times', () => {
    const object = { data: null, metadata: { creationTimestamp: null } }
    expect(refusal('ConfigMap', object)).toBeUndefined()
    expect(object).toEqual({ metadata: { creationTimestamp: null } })
  })
})
