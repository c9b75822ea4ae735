import type { KubernetesObject } from '@virtdeck/kubernetes'
import { parse, stringify } from 'yaml'

const ORDER = ['apiVersion', 'kind', 'metadata', 'spec', 'status']

/** The object as the editor shows it, in the order that people write. */
export function toYaml(shown: KubernetesObject): string {
  const object = shown as Record<string, unknown>
  const keys = [...new Set([...ORDER, ...Object.keys(object)])]
  const ordered = Object.fromEntries(
    keys.flatMap((key) => (key in object ? [[key, object[key]]] : [])),
  )
  return stringify(ordered, { lineWidth: 0, aliasDuplicateObjects: false })
}

export type ParsedYaml<T extends KubernetesObject> =
  | { object: T }
  /** Why the text cannot be saved. */
  | { problem: 'notYaml' | 'notThisObject'; detail: string }

/** Reads the editor's text; it must still be the same one, or another would be overwritten. */
export function fromYaml<T extends KubernetesObject>(text: string, current: T): ParsedYaml<T> {
  let value: unknown
  try {
    value = parse(text)
  } catch (error) {
    // Behind the first line the message draws the place, which the editor marks anyway.
    const [detail = ''] = String(error instanceof Error ? error.message : error).split('\n')
    return { problem: 'notYaml', detail: detail.replace(/:$/, '') }
  }
  const object = value as KubernetesObject | null
  for (const [field, found, expected] of [
    ['kind', object?.kind, current.kind],
    ['metadata.name', object?.metadata?.name, current.metadata?.name],
    ['metadata.namespace', object?.metadata?.namespace, current.metadata?.namespace],
  ] as const) {
    if (found !== expected)
      return { problem: 'notThisObject', detail: `${field}: ${expected ?? ''}` }
  }
  return { object: object as T }
}

/** What a user writes; the controllers change the status all the time. */
function definitionOf(object: KubernetesObject): string {
  const { metadata, status: _, ...definition } = object
  const { resourceVersion: __, managedFields: ___, ...written } = metadata ?? {}
  return JSON.stringify([definition, written])
}

/** Whether somebody else changed more than the status. */
export const isSameDefinition = (a: KubernetesObject, b: KubernetesObject): boolean =>
  definitionOf(a) === definitionOf(b)

/**
 * The object to send. Only the status moved on since the text was loaded? Then the newer
 * resource version is no conflict: saving does not touch the status.
 */
export function toSave<T extends KubernetesObject>(options: {
  edited: T
  loaded: T
  latest: T
}): T {
  const { edited, loaded, latest } = options
  const isLoadedVersion = edited.metadata?.resourceVersion === loaded.metadata?.resourceVersion
  if (!isLoadedVersion || !isSameDefinition(loaded, latest)) return edited
  const resourceVersion = latest.metadata?.resourceVersion ?? ''
  return { ...edited, metadata: { ...edited.metadata, resourceVersion } }
}
