import type { KubernetesObject } from '@virtdeck/kubernetes'
import { describe, expect, test } from 'vitest'
import { configMap } from '../../resources/config-map.ts'
import { service } from '../../resources/service.ts'
import { applyConfiguration } from './apply.ts'
import { entriesOf } from './entries.ts'
import { difference, intersection, pathTexts, union } from './field-set.ts'
import { trackUpdate } from './managed-fields.ts'

const fields = (object: KubernetesObject): [string, object][] =>
  entriesOf(object.metadata).map(({ manager, fieldsV1 }) => [manager, fieldsV1])

const configOf = (data: object, metadata: object = {}): KubernetesObject =>
  ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', ...metadata },
    data,
  }) as KubernetesObject

function updated(old: KubernetesObject, object: KubernetesObject, fieldManager: string) {
  trackUpdate({ definition: configMap, old, object, fieldManager, version: 'v1' })
  return object
}

describe('sets of fields', () => {
  const set = {
    'f:a': {},
    'f:b': { '.': {}, 'f:c': {}, 'k:{"name":"x"}': { '.': {}, 'f:d': {} } },
  }
  test('union, difference and intersection', () => {
    expect(union({ 'f:a': { 'f:x': {} } }, { 'f:a': {} })).toEqual({
      'f:a': { '.': {}, 'f:x': {} },
    })
    expect(difference(set, { 'f:b': { 'f:c': {} } })).toEqual({
      'f:a': {},
      'f:b': { '.': {}, 'k:{"name":"x"}': { '.': {}, 'f:d': {} } },
    })
    expect(difference(set, set)).toEqual({})
    expect(intersection(set, { 'f:a': {}, 'f:b': {} })).toEqual({ 'f:a': {}, 'f:b': {} })
  })
  test('paths as they stand in messages', () => {
    expect(pathTexts(set)).toEqual(['.a', '.b', '.b.c', '.b[name="x"]', '.b[name="x"].d'])
  })
})

describe('updates', () => {
  const managed = (...managers: string[]) =>
    managers.map((manager) => ({
      manager,
      operation: 'Apply',
      apiVersion: 'v1',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:data': { 'f:a': {} } },
    }))
  test.each([
    ['may hand fields over to another manager', managed('new'), ['new']],
    ['may clear all entries', [{}], []],
    ['without entries keep those they find', undefined, ['old']],
    ['with an empty list keep those they find', [], ['old']],
    ['with entries that nobody can read keep those they find', [{ manager: 5 }], ['old']],
  ])('%s', (_what, managedFields, expected) => {
    const old = configOf({ a: '1' }, { managedFields: managed('old') })
    const changed = updated(old, configOf({ a: '1' }, { managedFields }), 'writer')
    expect(fields(changed).map(([manager]) => manager)).toEqual(expected)
  })
  test('move changed fields to the writer', () => {
    const created = configOf({ a: '1', b: '1' })
    trackUpdate({
      definition: configMap,
      old: undefined,
      object: created,
      fieldManager: 'one',
      version: 'v1',
    })
    const changed = updated(created, configOf({ a: '2', b: '1', c: '1' }), 'two')
    expect(fields(changed)).toEqual([
      ['one', { 'f:data': { '.': {}, 'f:b': {} } }],
      ['two', { 'f:data': { 'f:a': {}, 'f:c': {} } }],
    ])
    const emptied = updated(changed, configOf({ a: '2', c: '1' }), 'three')
    expect(fields(emptied)).toEqual([
      ['one', { 'f:data': {} }],
      ['two', { 'f:data': { 'f:a': {}, 'f:c': {} } }],
    ])
  })

  test('lists with keys are owned item by item', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's' },
      spec: { ports: [{ port: 80, protocol: 'TCP' }], selector: { app: 'x' } },
    } as KubernetesObject
    trackUpdate({
      definition: service,
      old: undefined,
      object,
      fieldManager: 'm',
      version: 'v1',
    })
    expect(fields(object)).toEqual([
      [
        'm',
        {
          'f:spec': {
            'f:ports': {
              '.': {},
              'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:port': {}, 'f:protocol': {} },
            },
            'f:selector': {},
          },
        },
      ],
    ])
  })
})

const apply = (
  live: KubernetesObject | undefined,
  config: KubernetesObject,
  { manager = 'one', force = false } = {},
) =>
  applyConfiguration({
    definition: configMap,
    version: 'v1',
    live,
    config,
    fieldManager: manager,
    force,
  }) as KubernetesObject & { data: Record<string, string> }

describe('server-side apply', () => {
  test('removes what its manager no longer applies and nobody else owns', () => {
    const first = apply(undefined, configOf({ a: '1', b: '1' }))
    const second = apply(first, configOf({ a: '1', c: '1' }))
    expect(second.data).toEqual({ a: '1', c: '1' })
    expect(fields(second)).toEqual([['one', { 'f:data': { 'f:a': {}, 'f:c': {} } }]])
  })

  test('keeps a map that its manager owned while anybody has a field in it', () => {
    const entry = (manager: string, labels: object) => ({
      manager,
      operation: 'Apply',
      apiVersion: 'v1',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:metadata': { 'f:labels': labels } },
    })
    const live = configOf(
      { a: '1' },
      {
        labels: { mine: '1', old: '1', theirs: '1' },
        managedFields: [
          entry('one', { '.': {}, 'f:mine': {}, 'f:old': {} }),
          entry('two', { 'f:theirs': {} }),
        ],
      },
    )
    const applied = apply(live, configOf({ a: '1' }, { labels: { mine: '1' } }))
    expect(applied.metadata?.labels).toEqual({ mine: '1', theirs: '1' })
    const without = apply(live, configOf({ a: '1' }))
    expect(without.metadata?.labels).toEqual({ theirs: '1' })
    expect(fields(without).map(([manager]) => manager)).toEqual(['two', 'one'])
  })

  test('managers that apply the same value share it', () => {
    const first = apply(undefined, configOf({ a: '1' }))
    const shared = apply(first, configOf({ a: '1' }), { manager: 'two' })
    const left = apply(shared, configOf({}))
    expect(left.data).toEqual({ a: '1' })
    expect(fields(left)).toEqual([
      ['one', { 'f:data': {} }],
      ['two', { 'f:data': { 'f:a': {} } }],
    ])
  })

  test('refuses to overwrite others, each with its field', () => {
    const first = apply(undefined, configOf({ a: '1', b: '1' }))
    expect(() => apply(first, configOf({ a: '2', b: '2' }), { manager: 'two' })).toThrow(
      'Apply failed with 2 conflicts: conflicts with "one":\n- .data.a\n- .data.b',
    )
    const forced = apply(first, configOf({ a: '2' }), { manager: 'two', force: true })
    expect(forced.data).toEqual({ a: '2', b: '1' })
  })

  test('names the version of a conflicting update', () => {
    const created = configOf({ a: '1' })
    trackUpdate({
      definition: configMap,
      old: undefined,
      object: created,
      fieldManager: 'kubectl',
      version: 'v1',
    })
    expect(() => apply(created, configOf({ a: '2' }))).toThrow(
      /conflict with "kubectl" using v1: \.data\.a$/,
    )
  })
})
