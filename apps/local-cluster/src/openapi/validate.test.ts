import { describe, expect, it } from 'vitest'
import { RESOURCES } from '../resources/index.ts'
import type { ResourceDefinition } from '../registry.ts'
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
    expect(strictDecodingError(refused, ['spec.bogus', 'spec.other']).status).toEqual({
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
