/** `kubevirt.io` is served in two versions; the old one warns. */
export const KUBEVIRT_VERSIONS = {
  group: 'kubevirt.io',
  versions: ['v1', 'v1alpha3'],
  deprecatedVersions: {
    v1alpha3: 'kubevirt.io/v1alpha3 is now deprecated and will be removed in a future release.',
  },
}

/** Who may change what users may not: KubeVirt's own components. */
export function isKubeVirtComponent({ name }: { name: string }): boolean {
  return (
    name.startsWith('system:serviceaccount:kube-system:') ||
    name.startsWith('system:serviceaccount:kubevirt:') ||
    name.startsWith('system:node:')
  )
}
