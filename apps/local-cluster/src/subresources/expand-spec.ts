import type { IoK8sApiAppsV1ControllerRevision as ControllerRevision } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type {
  V1VirtualMachine as VirtualMachine,
  V1beta1VirtualMachineInstancetype as Instancetype,
  V1beta1VirtualMachinePreference as Preference,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { expandInstanceSpec } from '@virtdeck/kubevirt'
import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import type { SubresourceHandler, SubresourceRequest } from './subresource.ts'
import { machineOf, SUBRESOURCES_API } from './virtual-machine-objects.ts'

const INSTANCETYPE_API = 'instancetype.kubevirt.io'

/** A VM with its instance type written out. */
export const expandSpec: SubresourceHandler[] = [
  {
    ...SUBRESOURCES_API,
    resource: 'virtualmachines',
    subresource: 'expand-spec',
    scope: 'object',
    namespaced: true,
    methods: ['GET'],
    discovery: { kind: '' },
    handle: async (request) => ({ status: 200, body: expand(request, machineOf(request)) }),
  },
  {
    ...SUBRESOURCES_API,
    resource: 'expand-vm-spec',
    subresource: undefined,
    scope: 'namespace',
    namespaced: true,
    methods: ['PUT'],
    discovery: { kind: '' },
    handle: async (request) => {
      const machine = (await request.body()) as VirtualMachine | undefined
      if (!machine?.spec?.template) {
        throw statusErrors.badRequest('Request should contain a VirtualMachine')
      }
      const { namespace } = machine.metadata ?? {}
      if (namespace && namespace !== request.namespace) {
        throw statusErrors.badRequest(`VM namespace must be empty or '${request.namespace}'`)
      }
      return { status: 200, body: expand(request, machine) }
    },
  },
]

function expand(request: SubresourceRequest, machine: VirtualMachine): VirtualMachine {
  const expanded = structuredClone(machine)
  const { spec } = expanded
  if (spec.template.spec) {
    const instancetype = chosen(request, machine, INSTANCETYPE) as Instancetype | undefined
    const preference = chosen(request, machine, PREFERENCE) as Preference | undefined
    const choices = { instancetype: instancetype?.spec, preference: preference?.spec }
    const expansion = expandInstanceSpec(spec.template.spec, choices)
    if (!expansion.spec) {
      const fields = expansion.conflicts.join(', ')
      const message = `VM field(s) ${fields} conflicts with selected instance type`
      throw statusErrors.badRequest(message)
    }
    spec.template.spec = expansion.spec
  }
  delete spec.instancetype
  delete spec.preference
  return expanded
}

interface Choice {
  field: 'instancetype' | 'preference'
  statusField: 'instancetypeRef' | 'preferenceRef'
  namespaced: string
  clusterWide: string
}

const INSTANCETYPE: Choice = {
  field: 'instancetype',
  statusField: 'instancetypeRef',
  namespaced: 'virtualmachineinstancetype',
  clusterWide: 'virtualmachineclusterinstancetypes',
}
const PREFERENCE: Choice = {
  field: 'preference',
  statusField: 'preferenceRef',
  namespaced: 'virtualmachinepreference',
  clusterWide: 'virtualmachineclusterpreferences',
}

/** The chosen object: as the VM's revision keeps it, else as it is now. */
function chosen(
  { services, namespace }: SubresourceRequest,
  { spec, status }: VirtualMachine,
  { field, statusField, namespaced, clusterWide }: Choice,
): KubernetesObject | undefined {
  const matcher = spec[field]
  if (!matcher?.name) return undefined
  const kept = status?.[statusField]
  const current = kept?.name === matcher.name ? kept.controllerRevisionRef?.name : undefined
  const revisionName = matcher.revisionName ?? current
  if (revisionName) {
    const revisions = { group: 'apps', resource: 'controllerrevisions' }
    const revision = services.objects.find({
      ...revisions,
      namespace,
      name: revisionName,
    })
    if (!revision) throw statusErrors.notFound(revisions, revisionName)
    return (revision as ControllerRevision).data
  }
  const kind = matcher.kind?.toLowerCase()
  const own = kind === namespaced || kind === `${namespaced}s`
  const resource = own ? `${namespaced}s` : clusterWide
  const key = { group: INSTANCETYPE_API, resource, name: matcher.name }
  const found = services.objects.find(own ? { ...key, namespace } : key)
  if (!found) throw statusErrors.notFound({ group: INSTANCETYPE_API, resource }, matcher.name)
  return found
}
