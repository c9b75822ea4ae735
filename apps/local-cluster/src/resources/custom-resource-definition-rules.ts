import type { IoK8sApiextensionsApiserverPkgApisApiextensionsV1CustomResourceDefinition as CustomResourceDefinition } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { StatusCause } from '@virtdeck/kubernetes'
import { immutable, invalid, notSupported, required, when } from './field-errors.ts'
import { dnsLabelProblems, dnsSubdomainProblems } from './names.ts'

const APPROVAL = 'api-approved.kubernetes.io'
const DNS_1035 =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"

type Spec = CustomResourceDefinition['spec']

/** A definition as somebody wrote it: nothing has to be there. */
interface Posted {
  metadata?: CustomResourceDefinition['metadata']
  spec?: Partial<Spec>
}

/** The spec as far as it is there. */
export const postedSpec = ({ spec }: Posted): Partial<Spec> => spec ?? {}

/** What is wrong with the definition of a kind, in the order of a kube-apiserver. */
export function definitionCauses(
  definition: Posted,
  before: CustomResourceDefinition | undefined,
): StatusCause[] {
  const { metadata } = definition
  const { group = '', names, scope = '', versions = [] } = postedSpec(definition)
  const name = metadata?.name ?? ''
  const expected = `${names?.plural ?? ''}.${group}`
  return [
    ...when(name !== expected, () =>
      invalid('metadata.name', name, 'must be spec.names.plural+"."+spec.group'),
    ),
    ...groupCauses(group),
    ...when(scope === '', () => required('spec.scope')),
    ...when(scope !== '' && scope !== 'Cluster' && scope !== 'Namespaced', () =>
      notSupported('spec.scope', scope, ['Cluster', 'Namespaced']),
    ),
    ...versionCauses(versions),
    ...nameCauses(names),
    ...approvalCauses(definition),
    ...(before ? updateCauses(definition, before) : []),
  ]
}

function groupCauses(group: string): StatusCause[] {
  if (group === '') return [required('spec.group')]
  const problems = dnsSubdomainProblems(group).map((text) => invalid('spec.group', group, text))
  return group.includes('.')
    ? problems
    : [...problems, invalid('spec.group', group, 'should be a domain with at least one dot')]
}

function versionCauses(versions: Spec['versions']): StatusCause[] {
  const names = versions.map(({ name }) => name)
  const stored = versions.filter(({ storage }) => storage).length
  const printed = `[]apiextensions.CustomResourceDefinitionVersion{${versions.map(() => '…').join(', ')}}`
  return [
    ...versions.flatMap((version, index) => [
      ...dnsLabelProblems(version.name).map((text) =>
        invalid(`spec.versions[${index}].name`, version.name, text),
      ),
      ...when(version.schema?.openAPIV3Schema === undefined, () =>
        required(`spec.versions[${index}].schema.openAPIV3Schema`, 'schemas are required'),
      ),
      ...when(
        version.schema?.openAPIV3Schema !== undefined &&
          version.schema.openAPIV3Schema.type !== 'object',
        () =>
          version.schema?.openAPIV3Schema?.type === undefined
            ? required(
                `spec.versions[${index}].schema.openAPIV3Schema.type`,
                'must not be empty at the root',
              )
            : invalid(
                `spec.versions[${index}].schema.openAPIV3Schema.type`,
                version.schema.openAPIV3Schema.type,
                'must be object at the root',
              ),
      ),
    ]),
    ...when(new Set(names).size < names.length, () => ({
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${printed}: must contain unique version names`,
      field: 'spec.versions',
    })),
    ...when(stored !== 1, () => ({
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${printed}: must have exactly one version marked as storage version`,
      field: 'spec.versions',
    })),
  ]
}

function nameCauses(names: Partial<Spec['names']> | undefined): StatusCause[] {
  const { plural = '', singular = '', kind = '', listKind = '', shortNames = [] } = names ?? {}
  const label = (field: string, value: string): StatusCause[] =>
    when(!/^[a-z](?:[-a-z0-9]*[a-z0-9])?$/.test(value), () => invalid(field, value, DNS_1035))
  return [
    ...(plural === '' ? [required('spec.names.plural')] : label('spec.names.plural', plural)),
    ...(singular === '' ? [] : label('spec.names.singular', singular)),
    ...(kind === ''
      ? [required('spec.names.kind')]
      : label('spec.names.kind', kind.toLowerCase())),
    ...shortNames.flatMap((name, index) => label(`spec.names.shortNames[${index}]`, name)),
    ...when(kind !== '' && kind === listKind, () =>
      invalid('spec.names.listKind', listKind, 'kind and listKind may not be the same'),
    ),
  ]
}

/** Kubernetes keeps its own domains for itself. */
function approvalCauses({ metadata, spec }: Posted): StatusCause[] {
  const group = spec?.group ?? ''
  const guarded = /(?:^|\.)(?:k8s|kubernetes)\.io$/.test(group)
  const approval = metadata?.annotations?.[APPROVAL] ?? ''
  return when(guarded && approval === '', () =>
    required(
      `metadata.annotations[${APPROVAL}]`,
      `protected groups must have approval annotation "${APPROVAL}", see https://github.com/kubernetes/enhancements/pull/1111`,
    ),
  )
}

function updateCauses(
  { spec = {} }: Posted,
  { spec: old, status }: CustomResourceDefinition,
): StatusCause[] {
  const established = status?.conditions?.some(
    (entry) => entry.type === 'Established' && entry.status === 'True',
  )
  if (established !== true) return []
  return [
    ...when(spec.scope !== old.scope, () => immutable('spec.scope', spec.scope)),
    ...when(spec.names?.kind !== old.names.kind, () =>
      immutable('spec.names.kind', spec.names?.kind),
    ),
    ...when(spec.group !== old.group, () => immutable('spec.group', spec.group)),
    ...when(spec.names?.plural !== old.names.plural, () =>
      immutable('spec.names.plural', spec.names?.plural),
    ),
  ]
}
