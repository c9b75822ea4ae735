import type { IoK8sApiextensionsApiserverPkgApisApiextensionsV1CustomResourceDefinition as CustomResourceDefinition } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'

type Status = NonNullable<CustomResourceDefinition['status']>
type Condition = NonNullable<Status['conditions']>[number]
type Names = CustomResourceDefinition['spec']['names']

/** Holds a deleted definition until its objects are gone. */
export const CLEANUP = 'customresourcecleanup.apiextensions.k8s.io'

export function condition(
  type: string,
  status: 'True' | 'False',
  reason: string,
  message: string,
): Condition {
  const lastTransitionTime = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  return { type, status, lastTransitionTime, reason, message }
}

/** A status with the condition; the same status when it says so already. */
export function setCondition(status: Status | undefined, wanted: Condition): Status {
  const conditions = status?.conditions ?? []
  const before = conditions.find(({ type }) => type === wanted.type)
  if (
    status !== undefined &&
    before?.status === wanted.status &&
    before.reason === wanted.reason &&
    before.message === wanted.message
  ) {
    return status
  }
  const next =
    before?.status === wanted.status
      ? { ...wanted, lastTransitionTime: before.lastTransitionTime ?? '' }
      : wanted
  const others = conditions.filter(({ type }) => type !== wanted.type)
  const all = before
    ? conditions.map((other) => (other.type === wanted.type ? next : other))
    : [...others, next]
  return { ...status, conditions: all }
}

const usedBy = (definitions: CustomResourceDefinition[], kinds: boolean): Set<string> =>
  new Set(
    definitions.flatMap(({ status }) => {
      const { plural, singular, shortNames = [], kind, listKind } = status?.acceptedNames ?? {}
      const names = kinds ? [kind, listKind] : [plural, singular, ...shortNames]
      return names.filter((name) => name !== undefined && name !== '')
    }),
  ) as Set<string>

/**
 * The names of a definition that nobody else of its group has, with the conditions that follow;
 * undefined when nothing changes.
 */
export function finalNames(
  definition: CustomResourceDefinition,
  others: CustomResourceDefinition[],
): Status | undefined {
  const { spec, status } = definition
  const wanted = spec.names
  const before: Partial<Names> = status?.acceptedNames ?? {}
  if (JSON.stringify(sorted(wanted)) === JSON.stringify(sorted(before))) return undefined
  const resources = usedBy(others, false)
  const kinds = usedBy(others, true)
  const accepted: Record<string, unknown> = { ...before }
  let problem: Condition | undefined
  const take = (field: keyof Names, used: Set<string>, title: string): void => {
    const name = wanted[field] as string | undefined
    if (name !== undefined && name !== before[field] && used.has(name)) {
      const text = `${JSON.stringify(name)} is already in use`
      problem = condition('NamesAccepted', 'False', `${title}Conflict`, text)
    } else if (name !== undefined) accepted[field] = name
  }
  take('plural', resources, 'Plural')
  take('singular', resources, 'Singular')
  const taken = (wanted.shortNames ?? []).filter(
    (name) => resources.has(name) && !before.shortNames?.includes(name),
  )
  if (taken.length > 0) {
    const texts = taken.map((name) => `${JSON.stringify(name)} is already in use`)
    const text = texts.length > 1 ? `[${texts.join(', ')}]` : texts.join('')
    problem = condition('NamesAccepted', 'False', 'ShortNamesConflict', text)
  } else if (wanted.shortNames) accepted['shortNames'] = wanted.shortNames
  take('kind', kinds, 'Kind')
  take('listKind', kinds, 'ListKind')
  if (wanted.categories) accepted['categories'] = wanted.categories
  const naming =
    problem ?? condition('NamesAccepted', 'True', 'NoConflicts', 'no conflicts found')
  const established = problem
    ? condition('Established', 'False', 'NotAccepted', 'not all names are accepted')
    : condition(
        'Established',
        'True',
        'InitialNamesAccepted',
        'the initial names have been accepted',
      )
  const isTrue = status?.conditions?.some(
    ({ type, status: value }) => type === 'Established' && value === 'True',
  )
  const named = setCondition(status, naming)
  // What was once served stays served.
  const next = isTrue ? named : setCondition(named, established)
  const result = { ...next, acceptedNames: accepted } as unknown as Status
  const same =
    next === status && JSON.stringify(sorted(accepted)) === JSON.stringify(sorted(before))
  return same ? undefined : result
}

const sorted = (names: object): [string, unknown][] =>
  Object.entries(names)
    .filter(([, value]) => value !== '' && value !== undefined)
    .toSorted(([first], [second]) => (first < second ? -1 : 1))
