/** How a VM names its instance type or its preference. */
export interface Matcher {
  name?: string
  kind?: string
  revisionName?: string
}

type Noun = 'Instancetype' | 'Preference'

const clusterKind = (noun: Noun): string => `VirtualMachineCluster${noun}`

/** `VirtualMachineClusterInstancetype/u1.small`: one name may be in the project and in the cluster. */
export const referenceOf = (matcher: Matcher | undefined, noun: Noun): string =>
  matcher?.name ? `${matcher.kind || clusterKind(noun)}/${matcher.name}` : ''

/** A name alone is the cluster's, as it is for KubeVirt. */
export function matcherOf(reference: string, noun: Noun): { kind: string; name: string } {
  const [name = '', kind = clusterKind(noun)] = reference.split('/').toReversed()
  return { kind, name }
}

/** KubeVirt takes kinds in any case, and as plurals. */
export const isOfCluster = ({ kind = '' }: Matcher): boolean =>
  kind === '' || kind.toLowerCase().startsWith('virtualmachinecluster')
