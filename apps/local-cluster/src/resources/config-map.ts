import type {
  IoK8sApiCoreV1ConfigMap as ConfigMap,
  IoK8sApiCoreV1Secret as Secret,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { type StatusCause, statusErrors } from '@virtdeck/kubernetes'
import { AGE } from './columns.ts'
import { builtInKind } from './define.ts'

const KEY_RULE =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"

export const configMap = builtInKind<ConfigMap>({
  group: '',
  versions: ['v1'],
  kind: 'ConfigMap',
  resource: 'configmaps',
  component: 'io.k8s.api.core.v1.ConfigMap',
  shortNames: ['cm'],
  namespaced: true,
  columns: [
    {
      name: 'Data',
      type: 'string',
      description:
        "Data contains the configuration data. Each key must consist of alphanumeric characters, '-', '_' or '.'. Values with non-UTF-8 byte sequences must use the BinaryData field. The keys stored in Data must not overlap with the keys in the BinaryData field, this is enforced during validation process.",
      cell: ({ data, binaryData }) => String(countKeys(data) + countKeys(binaryData)),
    },
    AGE,
  ],
  admit: ({ object }) => {
    refuseBadKeys(configMap.kind, object.metadata?.name, { data: object.data })
    refuseBadKeys(configMap.kind, object.metadata?.name, { binaryData: object.binaryData })
  },
})

export const secret = builtInKind<Secret>({
  group: '',
  versions: ['v1'],
  kind: 'Secret',
  resource: 'secrets',
  component: 'io.k8s.api.core.v1.Secret',
  namespaced: true,
  columns: [
    {
      name: 'Type',
      type: 'string',
      description:
        'Used to facilitate programmatic handling of secret data. More info: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types',
      cell: ({ type }) => type,
    },
    {
      name: 'Data',
      type: 'string',
      description:
        "Data contains the secret data. Each key must consist of alphanumeric characters, '-', '_' or '.'. The serialized form of the secret data is a base64 encoded string, representing the arbitrary (possibly non-string) data value here. Described in https://tools.ietf.org/html/rfc4648#section-4",
      cell: ({ data }) => String(countKeys(data)),
    },
    AGE,
  ],
  selectableFields: { type: ({ type }) => type ?? '' },
  prepare: ({ object }) => {
    for (const [key, value] of Object.entries(object.stringData ?? {})) {
      object.data = { ...object.data, [key]: Buffer.from(value).toString('base64') }
    }
    delete object.stringData
    object.type ||= 'Opaque'
  },
  admit: ({ object, oldObject }) => {
    refuseBadKeys(secret.kind, object.metadata?.name, { data: object.data })
    if (oldObject && oldObject.type !== object.type) {
      throw statusErrors.invalid(secret, object.metadata?.name ?? '', [
        {
          reason: 'FieldValueInvalid',
          message: `Invalid value: "${object.type}": field is immutable`,
          field: 'type',
        },
      ])
    }
  },
})

function countKeys(map: object | undefined): number {
  return Object.keys(map ?? {}).length
}

function refuseBadKeys(
  kind: string,
  name: string | undefined,
  field: Record<string, object | undefined>,
): void {
  const causes: StatusCause[] = []
  for (const [property, map] of Object.entries(field)) {
    for (const key of Object.keys(map ?? {})) {
      if (/^[-._a-zA-Z0-9]+$/.test(key)) continue
      const message = `Invalid value: "${key}": ${KEY_RULE}`
      causes.push({ reason: 'FieldValueInvalid', message, field: `${property}[${key}]` })
    }
  }
  if (causes.length > 0) throw statusErrors.invalid({ group: '', kind }, name ?? '', causes)
}
