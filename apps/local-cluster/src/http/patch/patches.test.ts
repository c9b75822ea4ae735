import { describe, expect, test } from 'vitest'
import { applyJsonPatch } from './json-patch.ts'
import { applyMergePatch } from './merge-patch.ts'
import { applyStrategicMergePatch } from './strategic-merge-patch.ts'

test.each([
  ['replaces', { a: 'b' }, { a: 'c' }, { a: 'c' }],
  ['adds', { a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  ['removes', { a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  ['replaces lists', { a: ['b'] }, { a: ['c', 'd'] }, { a: ['c', 'd'] }],
  ['goes deep', { a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  ['drops nulls of new objects', {}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ['turns lists into objects', { a: [1] }, { a: { b: 1 } }, { a: { b: 1 } }],
])('merge patch %s', (_, target, patch, expected) => {
  expect(applyMergePatch(target, patch)).toEqual(expected)
})

test.each([
  ['merge', applyMergePatch],
  ['strategic merge', applyStrategicMergePatch],
])('a %s patch cannot reach prototypes', (_, apply) => {
  apply({}, JSON.parse('{"__proto__":{"polluted":true}}'))
  apply({}, JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'))
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

describe('JSON patch', () => {
  test.each([
    ['add to a list', { a: [1, 3] }, [{ op: 'add', path: '/a/1', value: 2 }], { a: [1, 2, 3] }],
    ['append', { a: [1] }, [{ op: 'add', path: '/a/-', value: 2 }], { a: [1, 2] }],
    ['remove', { a: 1, b: 2 }, [{ op: 'remove', path: '/a' }], { b: 2 }],
    ['replace', { a: [1] }, [{ op: 'replace', path: '/a/0', value: 9 }], { a: [9] }],
    ['move', { a: 1 }, [{ op: 'move', from: '/a', path: '/b' }], { b: 1 }],
    [
      'copy',
      { a: { x: 1 } },
      [{ op: 'copy', from: '/a', path: '/b' }],
      { a: { x: 1 }, b: { x: 1 } },
    ],
    [
      'escapes',
      { 'a/b': { 'm~n': 1 } },
      [{ op: 'replace', path: '/a~1b/m~0n', value: 2 }],
      { 'a/b': { 'm~n': 2 } },
    ],
    ['test of a missing value against null', {}, [{ op: 'test', path: '/a', value: null }], {}],
  ])('%s', (_, document, patch, expected) => {
    expect(applyJsonPatch(document, patch)).toEqual(expected)
  })

  test.each([
    ['a failed test', { a: 1 }, [{ op: 'test', path: '/a', value: 2 }]],
    ['a missing parent', {}, [{ op: 'add', path: '/a/b', value: 1 }]],
    ['a missing key', {}, [{ op: 'remove', path: '/a' }]],
    ['an index out of range', { a: [] }, [{ op: 'add', path: '/a/2', value: 1 }]],
    ['an unknown operation', {}, [{ op: 'frob', path: '/a' }]],
  ])('%s is refused', (_, document, patch) => {
    expect(() => applyJsonPatch(document, patch)).toThrow(
      'the server rejected our request due to an error in our request',
    )
  })
})

const container = (name: string, image: string) => ({ name, image })
const pod = (...containers: object[]) => ({ spec: { containers } })

describe('strategic merge patch', () => {
  test.each([
    [
      'merges containers by name',
      pod(container('a', '1'), container('b', '1')),
      pod(container('b', '2'), container('c', '1')),
      pod(container('a', '1'), container('b', '2'), container('c', '1')),
    ],
    [
      'deletes list items',
      pod(container('a', '1'), container('b', '1')),
      pod({ $patch: 'delete', name: 'a' }),
      pod(container('b', '1')),
    ],
    [
      'replaces lists on demand',
      pod(container('a', '1')),
      pod({ $patch: 'replace' }, container('z', '1')),
      pod(container('z', '1')),
    ],
    [
      'sorts as told',
      pod(container('a', '1'), container('b', '1')),
      { spec: { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] } },
      pod(container('b', '1'), container('a', '1')),
    ],
    [
      'adds finalizers and deletes them by value',
      { metadata: { finalizers: ['x', 'y'] } },
      { metadata: { finalizers: ['z'], '$deleteFromPrimitiveList/finalizers': ['x'] } },
      { metadata: { finalizers: ['y', 'z'] } },
    ],
    [
      'replaces lists without keys',
      { spec: { tolerations: [{ key: 'a' }] } },
      { spec: { tolerations: [{ key: 'b' }] } },
      { spec: { tolerations: [{ key: 'b' }] } },
    ],
    [
      'merges taints of nodes by key',
      { spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } },
      { spec: { taints: [{ key: 'b', effect: 'NoSchedule' }] } },
      {
        spec: {
          taints: [
            { key: 'a', effect: 'NoSchedule' },
            { key: 'b', effect: 'NoSchedule' },
          ],
        },
      },
    ],
    [
      'removes by null',
      { spec: { unschedulable: true } },
      { spec: { unschedulable: null } },
      { spec: {} },
    ],
    [
      'replaces maps on demand',
      { data: { a: 1 } },
      { data: { $patch: 'replace', b: 2 } },
      { data: { b: 2 } },
    ],
  ])('%s', (_, target, patch, expected) => {
    expect(applyStrategicMergePatch(target, patch)).toEqual(expected)
  })
})
