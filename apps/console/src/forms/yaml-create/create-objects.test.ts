import type { KubernetesObject } from '@virtdeck/kubernetes'
import { expect, test } from 'vitest'
import { ApiError } from '../../live/api-error.ts'
import type { kubernetes } from '../../live/kubernetes.ts'
import { createInOrder, type Created } from './create-objects.ts'
import { readDocuments } from './documents.ts'
import type { ReadyDocument } from './prepare-objects.ts'

const ready = (names: string[], spec = 1): ReadyDocument[] =>
  names.flatMap((name) => {
    const text = `{apiVersion: v1, kind: Thing, metadata: {name: ${name}}, spec: ${spec}}`
    return readDocuments(text).documents.map((document) => ({
      document,
      object: document.object,
      resource: {
        group: '',
        version: 'v1',
        resource: 'things',
        kind: 'Thing',
        namespaced: true,
      },
      key: name,
    }))
  })

/** A cluster that remembers in which order it was asked, and refuses some names. */
function cluster(refuse: Record<string, number>) {
  const asked: string[] = []
  const create: typeof kubernetes.create = async <T extends KubernetesObject>(
    _: unknown,
    object: T,
  ) => {
    const name = object.metadata?.name ?? ''
    asked.push(name)
    const status = refuse[name]
    if (status !== undefined) throw new ApiError({ status, reason: '', message: 'refused' })
    return { ...object, metadata: { ...object.metadata, uid: `uid-${name}` } }
  }
  return { asked, create }
}

const NONE: Created = new Map()

test('F-15 documents are created in order, with a result for each', async () => {
  const { asked, create } = cluster({ b: 422 })
  const progress: number[] = []
  const { outcomes } = await createInOrder(ready(['a', 'b', 'c']), {
    created: NONE,
    create,
    onProgress: (done) => progress.push(done),
  })
  expect(asked).toEqual(['a', 'b'])
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'failed', 'skipped'])
  expect(outcomes[0]?.object.metadata?.uid).toBe('uid-a')
  expect(progress).toEqual([0, 1, 2])
})

test('F-15 a retry does not create again what is there', async () => {
  const first = await createInOrder(ready(['a', 'b']), {
    created: NONE,
    create: cluster({ b: 422 }).create,
  })
  const { asked, create } = cluster({})
  const second = await createInOrder(ready(['a', 'b']), { created: first.created, create })
  expect(asked).toEqual(['b'])
  expect(second.outcomes.map(({ outcome }) => outcome)).toEqual(['earlier', 'created'])
  const edited = await createInOrder(ready(['a'], 2), { created: first.created, create })
  expect(edited.outcomes.map(({ outcome }) => outcome)).toEqual(['changed'])
})

test('without an answer it is not known whether it is there', async () => {
  const { create } = cluster({ a: 0 })
  const { outcomes, created } = await createInOrder(ready(['a', 'b']), {
    created: NONE,
    create,
  })
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unknown', 'skipped'])
  expect(created.size).toBe(0)
})
