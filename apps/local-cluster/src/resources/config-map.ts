import type {
  IoK8sApiCoreV1ConfigMap as ConfigMap,
  IoK8sApiCoreV1Secret as Secret,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
import { AGE } from './columns.ts'
import { configMapCauses, secretCauses } from './data-rules.ts'
import { builtInKind } from './define.ts'

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
  admit: ({ object, oldObject }) => {
    const causes = configMapCauses(object, oldObject)
    if (causes.length > 0) {
      throw statusErrors.invalid(configMap, object.metadata?.name ?? '', causes)
    }
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
    const causes = secretCauses(object, oldObject)
    if (causes.length > 0) {
      throw statusErrors.invalid(secret, object.metadata?.name ?? '', causes)
    }
  },
})

function countKeys(map: object | undefined): number {
  return Object.keys(map ?? {}).length
}
