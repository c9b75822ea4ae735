import { TIME, UID, VERSION } from './volatile.ts'

type Fields = Record<string, unknown>

/** Metadata of an object in the namespace of the tables. */
export function metadata(name: string, more: object = {}, namespace = 'golden'): object {
  return {
    name,
    ...(namespace && { namespace }),
    uid: UID,
    resourceVersion: VERSION,
    creationTimestamp: TIME,
    ...more,
  }
}

/**
 * A FieldsV1 of paths: steps are separated by spaces, `.` at the end means the field itself
 * (`data .`, `data ca.pem`), `k:{…}` and `v:…` are items of lists.
 */
export function fields(...paths: string[]): object {
  const root: Fields = {}
  for (const path of paths) {
    let node = root
    for (const step of path.split(' ')) {
      const key = step === '.' || /^[kv]:/.test(step) ? step : `f:${step}`
      node = (node[key] ??= {}) as Fields
    }
  }
  return root
}

/** An entry of managedFields. */
export function managed(
  manager: string,
  paths: string[],
  more: { apiVersion?: string; operation?: 'Update' | 'Apply'; subresource?: string } = {},
): object {
  return {
    manager,
    operation: 'Update',
    apiVersion: 'v1',
    time: TIME,
    fieldsType: 'FieldsV1',
    fieldsV1: fields(...paths),
    ...more,
  }
}
