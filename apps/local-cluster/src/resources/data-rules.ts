import type {
  IoK8sApiCoreV1ConfigMap as ConfigMap,
  IoK8sApiCoreV1Secret as Secret,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { StatusCause } from '@virtdeck/kubernetes'
import { isDeepStrictEqual } from 'node:util'
import { forbidden, immutable, invalid, required, when } from './field-errors.ts'

const KEY_RULE =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"
const LARGEST = 1024 * 1024
const FIXED = 'field is immutable when `immutable` is set'

type Entries = Record<string, string> | undefined

/** What is wrong with a ConfigMap, in the words of kubernetes `pkg/apis/core/validation`. */
export function configMapCauses(map: ConfigMap, old?: ConfigMap): StatusCause[] {
  const { data, binaryData } = map
  return [
    ...fixedCauses(map, old, ['data', 'binaryData']),
    ...keyCauses('data', data),
    ...Object.keys(data ?? {}).flatMap((key) =>
      when(key in (binaryData ?? {}), () =>
        invalid(`data[${key}]`, key, 'duplicate of key present in binaryData'),
      ),
    ),
    ...keyCauses('binaryData', binaryData),
    ...sizeCauses('', textBytes(data) + decodedBytes(binaryData)),
  ]
}

/** Which keys a Secret of a known type has. */
const TYPE_KEYS: Record<string, string[]> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
}
const ACCOUNT = 'kubernetes.io/service-account.name'

export function secretCauses(secret: Secret, old?: Secret): StatusCause[] {
  const { data, type = '', metadata } = secret
  return [
    ...fixedCauses(secret, old, ['data']),
    ...when(!!old && old.type !== type, () => immutable('type', type)),
    ...keyCauses('data', data),
    ...sizeCauses('data', decodedBytes(data)),
    ...(TYPE_KEYS[type] ?? []).flatMap((key) =>
      when(data?.[key] === undefined, () => required(`data[${key}]`)),
    ),
    ...when(
      type === 'kubernetes.io/basic-auth' &&
        data?.username === undefined &&
        data?.password === undefined,
      () => required('data[username]'),
    ),
    ...when(
      type === 'kubernetes.io/basic-auth' &&
        data?.username === undefined &&
        data?.password === undefined,
      () => required('data[password]'),
    ),
    ...when(
      type === 'kubernetes.io/service-account-token' && !metadata?.annotations?.[ACCOUNT],
      () => required(`metadata.annotations[${ACCOUNT}]`),
    ),
  ]
}

function fixedCauses<T extends ConfigMap | Secret>(
  object: T,
  old: T | undefined,
  fields: (keyof T & string)[],
): StatusCause[] {
  if (old?.immutable !== true) return []
  return [
    ...when(object.immutable !== true, () => forbidden('immutable', FIXED)),
    ...fields.flatMap((field) =>
      when(!isDeepStrictEqual(object[field] ?? {}, old[field] ?? {}), () =>
        forbidden(field, FIXED),
      ),
    ),
  ]
}

function keyCauses(field: string, entries: Entries): StatusCause[] {
  return Object.keys(entries ?? {}).flatMap((key) => [
    ...when(key.length > 253, () =>
      invalid(`${field}[${key}]`, key, 'must be no more than 253 characters'),
    ),
    ...when(!/^[-._a-zA-Z0-9]+$/.test(key), () => invalid(`${field}[${key}]`, key, KEY_RULE)),
    ...when(key === '.' || key === '..', () =>
      invalid(`${field}[${key}]`, key, `must not be '${key}'`),
    ),
  ])
}

function sizeCauses(field: string, size: number): StatusCause[] {
  const message = `Too long: may not be more than ${LARGEST} bytes`
  return when(size > LARGEST, () => ({ reason: 'FieldValueTooLong', message, field }))
}

function textBytes(entries: Entries): number {
  return Object.values(entries ?? {}).reduce((sum, text) => sum + Buffer.byteLength(text), 0)
}

function decodedBytes(entries: Entries): number {
  return Object.values(entries ?? {}).reduce(
    (sum, text) => sum + Buffer.byteLength(text, 'base64'),
    0,
  )
}
