import { statusErrors } from '@virtdeck/kubernetes'
import { MASTERS } from '../access/user.ts'
import type { ResourceDefinition } from '../registry.ts'
import type { ObjectStore } from '../store/object-store.ts'
import type { ObjectAccess } from '../subresources/subresource.ts'
import { deleteObject } from './object-deletion.ts'
import type { ObjectWriter } from './object-writer.ts'
import type { ResourceIndex } from './resource-index.ts'
import { fromStored } from './stored-form.ts'
import type { WriteOptions } from './write-options.ts'

/** The server's own verbs, for subresources and the seed. */
export function objectAccess(options: {
  store: ObjectStore
  resources: ResourceIndex
  writer: ObjectWriter
  /** The name under which the server's own writes appear in managed fields. */
  fieldManager: string
}): ObjectAccess {
  const { store, resources, writer, fieldManager } = options
  const definitionOf = (kind: { group: string; resource: string }): ResourceDefinition => {
    const definition = resources.find(kind.group, kind.resource)
    if (definition === undefined) throw statusErrors.noSuchResource()
    return definition
  }
  const writeOptions = (definition: ResourceDefinition): WriteOptions => ({
    user: { name: 'system:apiserver', groups: [MASTERS] },
    fieldManager,
    dryRun: false,
    fieldValidation: 'Ignore',
    warn: () => {},
    version: definition.versions[0] ?? '',
  })
  return {
    find: ({ namespace = '', name, ...kind }) =>
      writer.find({ definition: definitionOf(kind), namespace, name }),
    list: ({ namespace = '', ...kind }) => [...writer.findAll(definitionOf(kind), namespace)],
    create: async (kind, object) => {
      const definition = definitionOf(kind)
      const namespace = object.metadata?.namespace ?? ''
      const json = await writer.create(definition, namespace, object, writeOptions(definition))
      return fromStored(definition, json)
    },
    mutate: async ({ namespace = '', name, ...kind }, change) => {
      const definition = definitionOf(kind)
      const json = await writer.update({
        definition,
        namespace,
        name,
        internal: true,
        change: (object) => {
          change(object)
          return object
        },
        options: writeOptions(definition),
      })
      return fromStored(definition, json)
    },
    delete: async ({ namespace = '', name, ...kind }, deletion = {}) => {
      const definition = definitionOf(kind)
      const result = await deleteObject(
        { store, writer },
        { definition, namespace, name, deletion, options: writeOptions(definition) },
      )
      return result.object
    },
  }
}
