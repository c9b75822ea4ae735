import type { V1VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { parse, stringify } from 'yaml'

const ORDER = ['apiVersion', 'kind', 'metadata', 'spec', 'status']

/** The object as the editor shows it, in the order that people write. */
export function toYaml(virtualMachine: V1VirtualMachine): string {
  const object = virtualMachine as unknown as Record<string, unknown>
  const keys = [...new Set([...ORDER, ...Object.keys(object)])]
  const ordered = Object.fromEntries(
    keys.flatMap((key) => (key in object ? [[key, object[key]]] : [])),
  )
  return stringify(ordered, { lineWidth: 0, aliasDuplicateObjects: false })
}

export type ParsedYaml =
  | { virtualMachine: V1VirtualMachine }
  /** Why the text cannot be saved. */
  | { problem: 'notYaml' | 'notThisObject'; detail: string }

/** Reads the editor's text; it must still be the same VM, or another would be overwritten. */
export function fromYaml(text: string, current: V1VirtualMachine): ParsedYaml {
  let value: unknown
  try {
    value = parse(text)
  } catch (error) {
    // Behind the first line the message draws the place, which the editor marks anyway.
    const [detail = ''] = String(error instanceof Error ? error.message : error).split('\n')
    return { problem: 'notYaml', detail: detail.replace(/:$/, '') }
  }
  const object = value as Partial<V1VirtualMachine> | null
  for (const [field, found, expected] of [
    ['kind', object?.kind, current.kind ?? 'VirtualMachine'],
    ['metadata.name', object?.metadata?.name, current.metadata?.name],
    ['metadata.namespace', object?.metadata?.namespace, current.metadata?.namespace],
  ] as const) {
    if (found !== expected) return { problem: 'notThisObject', detail: `${field}: ${expected}` }
  }
  return { virtualMachine: object as V1VirtualMachine }
}

/** What a user writes; the controllers change the status all the time. */
function definitionOf({ spec, metadata }: V1VirtualMachine): string {
  const { resourceVersion: _, managedFields: __, ...written } = metadata ?? {}
  return JSON.stringify([spec, written])
}

/** Whether somebody else changed more than the status. */
export const isSameDefinition = (a: V1VirtualMachine, b: V1VirtualMachine): boolean =>
  definitionOf(a) === definitionOf(b)

/** Whether the guest as it runs would differ after a restart. */
export const changesTemplate = (a: V1VirtualMachine, b: V1VirtualMachine): boolean =>
  JSON.stringify(a.spec.template) !== JSON.stringify(b.spec?.template)

/**
 * The object to send. Only the status moved on since the text was loaded? Then the newer
 * resource version is no conflict: saving does not touch the status.
 */
export function toSave(options: {
  edited: V1VirtualMachine
  loaded: V1VirtualMachine
  latest: V1VirtualMachine
}): V1VirtualMachine {
  const { edited, loaded, latest } = options
  const isLoadedVersion = edited.metadata?.resourceVersion === loaded.metadata?.resourceVersion
  if (!isLoadedVersion || !isSameDefinition(loaded, latest)) return edited
  const resourceVersion = latest.metadata?.resourceVersion ?? ''
  return { ...edited, metadata: { ...edited.metadata, resourceVersion } }
}
