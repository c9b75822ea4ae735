import type {
  V1beta1VirtualMachineClone as Clone,
  V1beta1VirtualMachineExport as Export,
  V1beta1VirtualMachineRestore as Restore,
  V1beta1VirtualMachineSnapshot as Snapshot,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { isDeepStrictEqual } from 'node:util'
import type { StatusCause } from '@virtdeck/kubernetes'
import type { KindRequest } from './define.ts'
import { cause, causeIf } from './virtual-machine/admission/cause.ts'
import { macAddressLength } from './virtual-machine/admission/mac-address.ts'

const VIRTUAL_MACHINE = 'VirtualMachine'
const KUBEVIRT = 'kubevirt.io'

/** What can be snapshotted or restored: VMs, named with their group. */
function machineReference(
  field: string,
  { apiGroup, kind }: { apiGroup?: string; kind: string },
): StatusCause[] {
  if (apiGroup === undefined) {
    return [cause(`${field}.apiGroup`, 'missing apiGroup', 'FieldValueNotFound')]
  }
  if (apiGroup !== KUBEVIRT) return [cause(`${field}.apiGroup`, 'invalid apiGroup')]
  return causeIf(kind !== VIRTUAL_MACHINE, `${field}.kind`, 'invalid kind')
}

export function snapshotCauses({ object }: KindRequest<Snapshot>): StatusCause[] {
  return machineReference('spec.source', object.spec.source)
}

export function restoreCauses({ object, lookupAll }: KindRequest<Restore>): StatusCause[] {
  const { target, patches = [], volumeRestoreOverrides = [] } = object.spec
  const { volumeRestorePolicy, volumeOwnershipPolicy } = object.spec as {
    volumeRestorePolicy?: string
    volumeOwnershipPolicy?: string
  }
  const reference = machineReference('spec.target', target)
  const causes =
    reference.length > 0
      ? reference
      : [
          ...patches.flatMap(patchProblems),
          ...volumeRestoreOverrides.flatMap((override, index) => {
            const at = `spec.volumeRestoreOverrides[${index}]`
            const { volumeName, restoreName, annotations, labels } = override
            return [
              ...(volumeName
                ? []
                : [
                    cause(
                      `${at}.volumeName`,
                      'must provide a volume name',
                      'FieldValueRequired',
                    ),
                  ]),
              ...(restoreName || annotations || labels
                ? []
                : [
                    cause(
                      at,
                      'must provide at least one overriden field',
                      'FieldValueRequired',
                    ),
                  ]),
            ]
          }),
          ...causeIf(
            !!volumeRestorePolicy &&
              !['InPlace', 'RandomizeNames', 'PrefixTargetName'].includes(volumeRestorePolicy),
            'spec.volumeRestorePolicy',
            `volume restore policy "${volumeRestorePolicy}" doesn't exist`,
          ),
          ...causeIf(
            !!volumeOwnershipPolicy && !['Vm', 'None'].includes(volumeOwnershipPolicy),
            'spec.volumeOwnershipPolicy',
            `volume ownership policy "${volumeOwnershipPolicy}" doesn't exist`,
          ),
        ]
  const others = lookupAll?.(
    'virtualmachinerestores.snapshot.kubevirt.io',
    object.metadata?.namespace,
  )
  for (const other of [...(others ?? [])] as Restore[]) {
    if (other.status?.complete || !isDeepStrictEqual(other.spec.target, target)) continue
    const message = `VirtualMachineRestore "${other.metadata?.name}" in progress`
    causes.push(cause('spec.target', message))
  }
  return causes
}

/** virt-api takes a patch apart by its commas and colons, not as JSON. */
function patchProblems(patch: string): StatusCause[] {
  return patch
    .replaceAll(/^[{}]+|[{}]+$/g, '')
    .split(',')
    .flatMap((pair) => {
      const [key = '', value = '', ...more] = pair.split(':').map((part) => part.trim())
      if (more.length > 0 || !pair.includes(':')) {
        const message = `patch format is not valid - one ":" expected in a single key-value json patch: ${pair}`
        return [cause('spec.patches', message)]
      }
      const allowed = ['"/metadata/labels/', '"/metadata/annotations/', '"/spec/']
      return causeIf(
        key === '"path"' && !allowed.some((prefix) => value.startsWith(prefix)),
        'spec.patches',
        `patching is valid only for elements under /spec/ only: ${pair}`,
      )
    })
}

const EXPORTS: Record<string, { noun: string; group: string; refusal: string }> = {
  PersistentVolumeClaim: {
    noun: 'PVC',
    group: '',
    refusal: 'PVC API group must be missing or blank',
  },
  VirtualMachineSnapshot: {
    noun: 'VMSnapshot',
    group: 'snapshot.kubevirt.io',
    refusal: 'VMSnapshot API group must be snapshot.kubevirt.io',
  },
  VirtualMachine: {
    noun: 'Virtual Machine',
    group: KUBEVIRT,
    refusal: 'VM API group must be kubevirt.io',
  },
}

export function exportCauses({ object }: KindRequest<Export>): StatusCause[] {
  const { apiGroup = '', kind, name } = object.spec.source
  const source = EXPORTS[kind]
  if (!source) return [cause('spec.source.kind', 'invalid kind')]
  return [
    ...causeIf(!name, 'spec.source.name', `${source.noun} name must not be empty`),
    ...causeIf(apiGroup !== source.group, 'spec.source.APIGroup', source.refusal),
  ]
}

export function cloneCauses({ object }: KindRequest<Clone>): StatusCause[] {
  const { source, target, annotationFilters, labelFilters, template, newMacAddresses } =
    object.spec
  const { patches = [] } = object.spec as { patches?: string[] }
  return [
    ...filterProblems('spec.annotations', annotationFilters),
    ...filterProblems('spec.labels', labelFilters),
    ...filterProblems('spec.template.annotations', template?.annotationFilters),
    ...filterProblems('spec.template.labels', template?.labelFilters),
    ...causeIf(
      ![VIRTUAL_MACHINE, 'VirtualMachineSnapshot'].includes(source.kind),
      'spec.Source.Kind',
      'Source kind is not supported',
    ),
    ...causeIf(
      !!target && target.kind !== VIRTUAL_MACHINE,
      'spec.Target.Kind',
      'Target kind is not supported',
    ),
    ...causeIf(!source.apiGroup, 'spec.Source.APIGroup', "Source's APIGroup cannot be empty"),
    ...causeIf(!source.kind, 'spec.Source', "Source's Kind cannot be empty"),
    ...causeIf(!source.name, 'spec.Source.Name', "Source's name cannot be empty"),
    ...causeIf(
      source.kind === VIRTUAL_MACHINE &&
        target?.kind === VIRTUAL_MACHINE &&
        target.name === source.name,
      'spec.target.name',
      'Target name cannot be equal to source name when both are VirtualMachines',
    ),
    ...Object.entries(newMacAddresses ?? {}).flatMap(([name, address]) =>
      causeIf(
        address !== '' && macAddressLength(address) === undefined,
        `spec.newMacAddresses.${name}`,
        `interface ${name} has malformed MAC address (${address}).`,
      ),
    ),
    ...patches.flatMap((patch, index) =>
      causeIf(!isJson(patch), `spec.patches[${index}]`, `patch is not valid JSON (${patch})`),
    ),
  ]
}

/** Which labels a clone takes along: `*` at the end stands for anything, `!` in front for not. */
function filterProblems(field: string, filters: readonly string[] = []): StatusCause[] {
  return filters.flatMap((filter) => {
    if (filter.length === 1) {
      return causeIf(filter === '!', field, 'a negation character is not a valid filter')
    }
    const refusal = (kind: string, character: string, rule: string) =>
      `${field} filter ${filter} is invalid: cannot contain a ${kind} character (${character}); FilterRules: ${rule}`
    return [
      ...causeIf(
        filter.slice(1).includes('!'),
        field,
        refusal(
          'negation',
          '!',
          'NegationChar can be only used at the beginning of the filter',
        ),
      ),
      ...causeIf(
        filter.slice(0, -1).includes('*'),
        field,
        refusal('wildcard', '*', 'WildcardChar can be only at the end of the filter'),
      ),
    ]
  })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
