import { parseQuantity, type KubernetesObject } from '@virtdeck/kubernetes'
import type { ChoiceGroup, SearchChoice } from '../fields/SearchSelectField.tsx'

/** What KubeVirt's common instance types and preferences say about themselves. */
const SERIES = 'instancetype.kubevirt.io/displayName'
const CLASS = 'instancetype.kubevirt.io/class'
const SYSTEM_FAMILY = 'instancetype.kubevirt.io/os-type'
const TITLE = 'openshift.io/display-name'

interface InstancetypeSpec {
  cpu?: { guest?: number }
  memory?: { guest?: string }
}

export function sizeOf({ spec }: KubernetesObject): { cpus: number; bytes: number } {
  const { cpu, memory } = (spec ?? {}) as InstancetypeSpec
  return { cpus: cpu?.guest ?? 0, bytes: parseQuantity(memory?.guest ?? '') ?? 0 }
}

interface Offered<Titles> {
  /** The project's. */
  own: readonly KubernetesObject[]
  cluster: readonly KubernetesObject[]
  titles: Titles
}

/** The project's, then the cluster's series by series; the smallest of each first. */
export function instancetypeGroups(
  offered: Offered<{ own: string; cluster: string }> & {
    label: (object: KubernetesObject) => string
  },
): ChoiceGroup[] {
  const { own, cluster, titles, label } = offered
  const bySeries = Map.groupBy(
    cluster.toSorted((one, other) => rankOf(one) - rankOf(other)),
    ({ metadata }) => metadata?.annotations?.[SERIES] ?? titles.cluster,
  )
  const groups: [string, readonly KubernetesObject[]][] = [[titles.own, own], ...bySeries]
  return filled(
    groups.map(([title, objects]) => ({
      label: title,
      choices: objects
        .toSorted(bySize)
        .map((object) => ({ value: referenceOf(object), label: label(object) })),
    })),
  )
}

/** The project's, then the cluster's by the family of the system. */
export function preferenceGroups(
  offered: Offered<{ own: string; linux: string; windows: string; cluster: string }>,
): ChoiceGroup[] {
  const { own, cluster, titles } = offered
  const ofFamily = (family: string) =>
    cluster.filter(({ metadata }) => (metadata?.labels?.[SYSTEM_FAMILY] ?? '') === family)
  const linux = ofFamily('linux')
  const windows = ofFamily('windows')
  const known = new Set([...linux, ...windows])
  return filled([
    { label: titles.own, choices: own.map(namedChoice) },
    { label: titles.linux, choices: linux.map(namedChoice) },
    { label: titles.windows, choices: windows.map(namedChoice) },
    {
      label: titles.cluster,
      choices: cluster.filter((object) => !known.has(object)).map(namedChoice),
    },
  ])
}

/** What suits most stands before what needs nodes of its own. */
const rankOf = ({ metadata }: KubernetesObject): number =>
  metadata?.labels?.[CLASS] === 'general.purpose' ? 0 : 1

const filled = (groups: ChoiceGroup[]): ChoiceGroup[] =>
  groups.filter(({ choices }) => choices.length > 0)

/** Kind and name, for one name may be in the project and in the cluster. */
const referenceOf = ({ kind = '', metadata }: KubernetesObject): string =>
  `${kind}/${metadata?.name ?? ''}`

/** By its name, which is what the object will hold; the title helps to find it. */
function namedChoice(object: KubernetesObject): SearchChoice {
  const title = object.metadata?.annotations?.[TITLE]
  return {
    value: referenceOf(object),
    label: object.metadata?.name ?? '',
    ...(title && { description: title }),
  }
}

function bySize(one: KubernetesObject, other: KubernetesObject): number {
  const [first, second] = [sizeOf(one), sizeOf(other)]
  return first.cpus - second.cpus || first.bytes - second.bytes
}
