import type {
  IoK8sApiCoreV1Affinity as Affinity,
  IoK8sApiCoreV1NodeSelectorRequirement as NodeSelectorRequirement,
  IoK8sApiCoreV1NodeSelectorTerm as NodeSelectorTerm,
  IoK8sApiCoreV1PodAffinityTerm as PodAffinityTerm,
  IoK8sApiCoreV1Toleration as Toleration,
  IoK8sApiCoreV1TopologySpreadConstraint as TopologySpreadConstraint,
  IoK8sApimachineryPkgApisMetaV1LabelSelector as LabelSelector,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { StatusCause } from '@virtdeck/kubernetes'
import { duplicate, forbidden, invalid, notSupported, required, when } from './field-errors.ts'
import { dnsLabelProblems, qualifiedNameProblems } from './names.ts'

const REQUIRED_TERMS = 'requiredDuringSchedulingIgnoredDuringExecution'
const PREFERRED_TERMS = 'preferredDuringSchedulingIgnoredDuringExecution'
const OPERATOR = 'not a valid selector operator'

/** Affinity below `field`, in the words of kubernetes `pkg/apis/core/validation`. */
export function affinityProblems(field: string, affinity: Affinity): StatusCause[] {
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity
  const node = `${field}.nodeAffinity`
  const needed = nodeAffinity?.[REQUIRED_TERMS]
  return [
    ...(needed
      ? nodeSelectorProblems(`${node}.${REQUIRED_TERMS}`, needed.nodeSelectorTerms)
      : []),
    ...(nodeAffinity?.[PREFERRED_TERMS] ?? []).flatMap(({ weight, preference }, index) => {
      const at = `${node}.${PREFERRED_TERMS}[${index}]`
      return [
        ...weightProblems(`${at}.weight`, weight),
        ...nodeTermProblems(`${at}.preference`, preference),
      ]
    }),
    ...podTerms(`${field}.podAffinity`, podAffinity),
    ...podTerms(`${field}.podAntiAffinity`, podAntiAffinity),
  ]
}

export function nodeSelectorProblems(
  field: string,
  terms: readonly NodeSelectorTerm[] | undefined,
): StatusCause[] {
  const list = `${field}.nodeSelectorTerms`
  if (!terms?.length) return [required(list, 'must have at least one node selector term')]
  return terms.flatMap((term, index) => nodeTermProblems(`${list}[${index}]`, term))
}

function nodeTermProblems(field: string, term: NodeSelectorTerm): StatusCause[] {
  return [
    ...(term.matchExpressions ?? []).flatMap((requirement, index) =>
      nodeRequirement(`${field}.matchExpressions[${index}]`, requirement),
    ),
    ...(term.matchFields ?? []).flatMap((requirement, index) =>
      nodeFieldRequirement(`${field}.matchFields[${index}]`, requirement),
    ),
  ]
}

function nodeRequirement(
  field: string,
  { key, operator, values = [] }: NodeSelectorRequirement,
): StatusCause[] {
  const at = `${field}.values`
  const causes: StatusCause[] = []
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) {
      causes.push(required(at, "must be specified when `operator` is 'In' or 'NotIn'"))
    }
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
    if (values.length > 0) causes.push(forbidden(at, detail))
  } else if (operator === 'Gt' || operator === 'Lt') {
    const detail = "must be specified single value when `operator` is 'Lt' or 'Gt'"
    if (values.length !== 1) causes.push(required(at, detail))
  } else causes.push(invalid(`${field}.operator`, operator, OPERATOR))
  return [...causes, ...keyProblems(`${field}.key`, key)]
}

function nodeFieldRequirement(
  field: string,
  { key, operator, values = [] }: NodeSelectorRequirement,
): StatusCause[] {
  const detail =
    "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"
  const known = operator === 'In' || operator === 'NotIn'
  return [
    ...when(known && values.length !== 1, () => required(`${field}.values`, detail)),
    ...when(!known, () => invalid(`${field}.operator`, operator, OPERATOR)),
    ...when(key !== 'metadata.name', () =>
      invalid(`${field}.key`, key, 'not a valid field selector key'),
    ),
  ]
}

interface PodTerms {
  [REQUIRED_TERMS]?: readonly PodAffinityTerm[]
  [PREFERRED_TERMS]?: readonly { weight: number; podAffinityTerm: PodAffinityTerm }[]
}

function podTerms(field: string, terms: PodTerms | undefined): StatusCause[] {
  return [
    ...(terms?.[REQUIRED_TERMS] ?? []).flatMap((term, index) =>
      podTermProblems(`${field}.${REQUIRED_TERMS}[${index}]`, term),
    ),
    ...(terms?.[PREFERRED_TERMS] ?? []).flatMap(({ weight, podAffinityTerm }, index) => {
      const at = `${field}.${PREFERRED_TERMS}[${index}]`
      return [
        ...weightProblems(`${at}.weight`, weight),
        ...podTermProblems(`${at}.podAffinityTerm`, podAffinityTerm),
      ]
    }),
  ]
}

function podTermProblems(field: string, term: PodAffinityTerm): StatusCause[] {
  const { labelSelector, namespaceSelector, namespaces = [], topologyKey } = term
  return [
    ...labelSelectorProblems(`${field}.labelSelector`, labelSelector),
    ...labelSelectorProblems(`${field}.namespaceSelector`, namespaceSelector),
    ...namespaces.flatMap((name) =>
      dnsLabelProblems(name).map((problem) => invalid(`${field}.namespace`, name, problem)),
    ),
    ...when(!topologyKey, () => required(`${field}.topologyKey`, 'can not be empty')),
    ...keyProblems(`${field}.topologyKey`, topologyKey),
  ]
}

export function labelSelectorProblems(
  field: string,
  selector: LabelSelector | undefined,
): StatusCause[] {
  return (selector?.matchExpressions ?? []).flatMap(({ key, operator, values = [] }, index) => {
    const at = `${field}.matchExpressions[${index}]`
    const causes: StatusCause[] = []
    if (operator === 'In' || operator === 'NotIn') {
      const detail = "must be specified when `operator` is 'In' or 'NotIn'"
      if (values.length === 0) causes.push(required(`${at}.values`, detail))
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
      if (values.length > 0) causes.push(forbidden(`${at}.values`, detail))
    } else causes.push(invalid(`${at}.operator`, operator, OPERATOR))
    return [...causes, ...keyProblems(`${at}.key`, key)]
  })
}

export function topologySpreadProblems(
  field: string,
  constraints: readonly TopologySpreadConstraint[] = [],
): StatusCause[] {
  return constraints.flatMap(({ maxSkew, topologyKey, whenUnsatisfiable }, index) => {
    const at = `${field}[${index}]`
    const first = constraints.findIndex(
      (other) =>
        other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable,
    )
    return [
      ...when(maxSkew <= 0, () =>
        invalid(`${at}.maxSkew`, maxSkew, 'must be greater than zero'),
      ),
      ...when(!topologyKey, () => required(`${at}.topologyKey`, 'can not be empty')),
      ...when(
        whenUnsatisfiable !== 'DoNotSchedule' && whenUnsatisfiable !== 'ScheduleAnyway',
        () =>
          notSupported(`${at}.whenUnsatisfiable`, whenUnsatisfiable, [
            'DoNotSchedule',
            'ScheduleAnyway',
          ]),
      ),
      ...when(first < index, () =>
        duplicate(
          `${at}.{topologyKey, whenUnsatisfiable}`,
          `{${topologyKey}, ${whenUnsatisfiable}}`,
        ),
      ),
    ]
  })
}

const EFFECTS = ['NoExecute', 'NoSchedule', 'PreferNoSchedule']

export function tolerationProblems(
  field: string,
  tolerations: readonly Toleration[] = [],
): StatusCause[] {
  return tolerations.flatMap((toleration, index) => {
    const at = `${field}[${index}]`
    const { key = '', operator = 'Equal', value = '', effect = '' } = toleration
    return [
      ...(key ? keyProblems(`${at}.key`, key) : []),
      ...when(key === '' && operator !== 'Exists', () =>
        invalid(
          `${at}.operator`,
          operator,
          'operator must be Exists when `key` is empty, which means "match all values and all keys"',
        ),
      ),
      ...when(toleration.tolerationSeconds !== undefined && effect !== 'NoExecute', () =>
        invalid(
          `${at}.effect`,
          effect,
          "effect must be 'NoExecute' when `tolerationSeconds` is set",
        ),
      ),
      ...when(operator === 'Exists' && value !== '', () =>
        invalid(
          `${at}.operator`,
          toleration,
          "value must be empty when `operator` is 'Exists'",
        ),
      ),
      ...when(operator !== 'Exists' && operator !== 'Equal', () =>
        notSupported(`${at}.operator`, operator, ['Equal', 'Exists']),
      ),
      ...when(effect !== '' && !EFFECTS.includes(effect), () =>
        notSupported(`${at}.effect`, effect, EFFECTS),
      ),
    ]
  })
}

function weightProblems(field: string, weight: number): StatusCause[] {
  return when(!(weight >= 1 && weight <= 100), () =>
    invalid(field, weight, 'must be in the range 1-100'),
  )
}

function keyProblems(field: string, key: string): StatusCause[] {
  return qualifiedNameProblems(key).map((problem) => invalid(field, key, problem))
}
