import type {
  V1VirtualMachine as VirtualMachine,
  V1beta1VirtualMachineInstancetype as Instancetype,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { statusErrors } from '@virtdeck/kubernetes'
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
  const instancetype = findInstancetype(request, machine)
  const domain = spec.template.spec?.domain
  if (instancetype && domain) {
    const { cpu, memory } = instancetype.spec
    domain.cpu = { ...domain.cpu, sockets: cpu.guest, cores: 1, threads: 1 }
    domain.memory = { ...domain.memory, guest: memory.guest }
  }
  delete spec.instancetype
  delete spec.preference
  return expanded
}

function findInstancetype(
  { services, namespace }: SubresourceRequest,
  { spec }: VirtualMachine,
): Instancetype | undefined {
  const matcher = spec.instancetype
  if (!matcher?.name) return undefined
  const namespaced = matcher.kind?.toLowerCase() === 'virtualmachineinstancetype'
  const resource = namespaced
    ? 'virtualmachineinstancetypes'
    : 'virtualmachineclusterinstancetypes'
  const found = services.objects.find({
    group: INSTANCETYPE_API,
    resource,
    ...(namespaced ? { namespace } : {}),
    name: matcher.name,
  })
  if (!found) throw statusErrors.notFound({ group: INSTANCETYPE_API, resource }, matcher.name)
  return found as Instancetype
}
