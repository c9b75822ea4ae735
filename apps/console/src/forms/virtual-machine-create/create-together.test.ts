import type { KubernetesObject, ResourceRef } from '@virtdeck/kubernetes'
import { expect, test } from 'vitest'
import { ApiError } from '../../live/api-error.ts'
import { createTogether, type ObjectOutcome } from './create-together.ts'

const CONFIG_MAP = { kind: 'ConfigMap', metadata: { name: 'web-sysprep', namespace: 'a' } }
const MACHINE = { kind: 'VirtualMachine', metadata: { name: 'web', namespace: 'a' } }
const OBJECTS = { objects: [CONFIG_MAP, MACHINE], leftovers: [] }

interface Faults {
  /** The HTTP status with which each is refused, by `create configmaps`. */
  [request: string]: number
}

const FAULT = (request: string, status: number) =>
  new ApiError({ status, reason: '', message: `${request} refused` })

/** A cluster that refuses what it is told to, and notes what is written. */
function cluster(faults: Faults = {}) {
  const written: string[] = []
  const write = (verb: string, { resource }: ResourceRef, about = '') => {
    const status = faults[`${verb} ${resource}`]
    if (status !== undefined) throw FAULT(`${verb} ${resource}`, status)
    written.push(`${verb} ${resource}/${about}`)
  }
  return {
    written,
    create: async <T extends KubernetesObject>(resource: ResourceRef, object: T) => {
      write('create', resource, object.metadata?.name)
      return { ...object, metadata: { ...object.metadata, uid: `uid-${object.kind}` } }
    },
    remove: async (
      resource: ResourceRef,
      target: { name?: string | undefined },
      uid?: string,
    ) => write('delete', resource, `${target.name} ${uid}`),
    mergePatch: async <T extends KubernetesObject>(
      resource: ResourceRef,
      target: { name?: string | undefined },
      patch: unknown,
    ) => {
      write('patch', resource, `${target.name} ${JSON.stringify(patch)}`)
      return target as T
    },
  }
}

const statesOf = (outcomes: readonly ObjectOutcome[]) =>
  outcomes.map(({ object, state }) => `${object.kind}: ${state}`)

test('what a VM refers to is made with it and goes with it', async () => {
  const writer = cluster()
  const outcomes = await createTogether(OBJECTS, writer)
  expect(outcomes.map(({ state }) => state)).toEqual(['created', 'created'])
  expect(writer.written).toEqual([
    'create configmaps/web-sysprep',
    'create virtualmachines/web',
    'patch configmaps/web-sysprep {"metadata":{"ownerReferences":[{"apiVersion":"kubevirt.io/v1","kind":"VirtualMachine","name":"web","uid":"uid-VirtualMachine"}]}}',
  ])
})

test.each<[what: string, faults: Faults, states: string[], written: string[]]>([
  [
    'a refused VM leaves nothing behind',
    { 'create virtualmachines': 422 },
    ['ConfigMap: rolledBack', 'VirtualMachine: failed'],
    ['create configmaps/web-sysprep', 'delete configmaps/web-sysprep uid-ConfigMap'],
  ],
  [
    'a refused ConfigMap leaves nothing behind',
    { 'create configmaps': 409 },
    ['ConfigMap: failed', 'VirtualMachine: rolledBack'],
    ['create virtualmachines/web', 'delete virtualmachines/web uid-VirtualMachine'],
  ],
  [
    'what is gone already counts as deleted',
    { 'create configmaps': 409, 'delete virtualmachines': 404 },
    ['ConfigMap: failed', 'VirtualMachine: rolledBack'],
    ['create virtualmachines/web'],
  ],
  [
    'what cannot be deleted again is named',
    { 'create virtualmachines': 422, 'delete configmaps': 403 },
    ['ConfigMap: created', 'VirtualMachine: failed'],
    ['create configmaps/web-sysprep'],
  ],
  [
    'without an answer it may be there or not',
    { 'create virtualmachines': 504 },
    ['ConfigMap: rolledBack', 'VirtualMachine: unknown'],
    ['create configmaps/web-sysprep', 'delete configmaps/web-sysprep uid-ConfigMap'],
  ],
  [
    'a VM counts as made although the others could not be tied to it',
    { 'patch configmaps': 403 },
    ['ConfigMap: created', 'VirtualMachine: created'],
    ['create configmaps/web-sysprep', 'create virtualmachines/web'],
  ],
])('%s', async (_what, faults, states, written) => {
  const writer = cluster(faults)
  const outcomes = await createTogether(OBJECTS, writer)
  expect(statesOf(outcomes)).toEqual(states)
  expect(writer.written).toEqual(written)
})

test('another try deletes first what the last one left', async () => {
  const left = { ...CONFIG_MAP, metadata: { ...CONFIG_MAP.metadata, uid: 'old' } }
  const writer = cluster()
  await createTogether({ ...OBJECTS, leftovers: [left] }, writer)
  expect(writer.written.slice(0, 2)).toEqual([
    'delete configmaps/web-sysprep old',
    'create configmaps/web-sysprep',
  ])
  const stubborn = cluster({ 'delete configmaps': 403 })
  const outcomes = await createTogether({ objects: [MACHINE], leftovers: [left] }, stubborn)
  expect(statesOf(outcomes)).toEqual(['ConfigMap: created', 'VirtualMachine: notTried'])
  expect(stubborn.written).toEqual([])
})
