import type { SeedObject } from '../index.ts'

const GROUP = 'instancetype.kubevirt.io'
export const VENDOR = 'kubevirt.io'
const BUNDLE_VERSION = 'v1.4.0'

interface Contents {
  kind: 'Instancetype' | 'Preference'
  name: string
  /** Without their prefix. */
  labels: Record<string, string>
  annotations: Record<string, string>
  spec: object
}

/** A cluster-wide object as virt-operator deploys it. */
export function seedOf({ kind, name, labels, annotations, spec }: Contents): SeedObject {
  const own = { ...labels, 'common-instancetypes-version': BUNDLE_VERSION }
  const object = {
    apiVersion: `${GROUP}/v1beta1`,
    kind: `VirtualMachineCluster${kind}`,
    metadata: {
      name,
      labels: {
        'app.kubernetes.io/component': 'kubevirt',
        'app.kubernetes.io/managed-by': 'virt-operator',
        ...Object.fromEntries(
          Object.entries(own).map(([key, value]) => [`${GROUP}/${key}`, value]),
        ),
      },
      annotations,
    },
    spec,
  }
  return { group: GROUP, resource: `virtualmachinecluster${kind.toLowerCase()}s`, object }
}
