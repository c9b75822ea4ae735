import type { KubernetesObject, ResourceRef } from '@virtdeck/kubernetes'
import { expect, test } from 'vitest'
import { createTogether } from './create-together.ts'

const CONFIG_MAP = { kind: 'ConfigMap', metadata: { name: 'web-sysprep', namespace: 'a' } }
const MACHINE = { kind: 'VirtualMachine', metadata: { name: 'web', namespace: 'a' } }

/** A cluster that refuses one kind and notes what is written. */
function cluster(refuses?: string) {
  const written: string[] = []
  const note = (verb: string, resource: ResourceRef, name: string | undefined) =>
    written.push(`${verb} ${resource.resource}/${name}`)
  return {
    written,
    create: async <T extends KubernetesObject>(resource: ResourceRef, object: T) => {
      const { kind = '', metadata } = object
      if (kind === refuses) throw new Error(`${kind} refused`)
      note('create', resource, metadata?.name)
      return { ...object, metadata: { ...metadata, uid: `uid-${kind}` } }
    },
    remove: async (
      resource: ResourceRef,
      target: { name?: string | undefined },
      uid?: string,
    ) => note('delete', resource, `${target.name} ${uid}`),
    mergePatch: async <T extends KubernetesObject>(
      resource: ResourceRef,
      target: { name?: string | undefined },
      patch: unknown,
    ) => {
      note('patch', resource, `${target.name} ${JSON.stringify(patch)}`)
      return {} as T
    },
  }
}

test('what a VM refers to is made with it and goes with it', async () => {
  const writer = cluster()
  const made = await createTogether([CONFIG_MAP, MACHINE], writer)
  expect(made.metadata?.name).toBe('web')
  expect(writer.written).toEqual([
    'create configmaps/web-sysprep',
    'create virtualmachines/web',
    'patch configmaps/web-sysprep {"metadata":{"ownerReferences":[{"apiVersion":"kubevirt.io/v1","kind":"VirtualMachine","name":"web","uid":"uid-VirtualMachine"}]}}',
  ])
})

test.each([
  [
    'VirtualMachine',
    ['create configmaps/web-sysprep', 'delete configmaps/web-sysprep uid-ConfigMap'],
  ],
  [
    'ConfigMap',
    ['create virtualmachines/web', 'delete virtualmachines/web uid-VirtualMachine'],
  ],
])('a refused %s leaves nothing behind', async (refused, expected) => {
  const writer = cluster(refused)
  await expect(createTogether([CONFIG_MAP, MACHINE], writer)).rejects.toThrow(
    `${refused} refused`,
  )
  expect(writer.written).toEqual(expected)
})
