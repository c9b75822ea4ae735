import type {
  V1VirtualMachine as VirtualMachine,
  V1VirtualMachineInstance as VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { type StatusError, statusErrors } from '@virtdeck/kubernetes'
import type { SubresourceRequest } from './subresource.ts'

export const SUBRESOURCES_API = {
  group: 'subresources.kubevirt.io',
  versions: ['v1', 'v1alpha3'],
}

/** virt-api names the singular in its errors. */
const MACHINE = { group: 'kubevirt.io', resource: 'virtualmachine' }
const INSTANCE = { group: 'kubevirt.io', resource: 'virtualmachineinstance' }

const FINAL_PHASES = new Set(['Succeeded', 'Failed'])

export function machineKey({ namespace, name }: SubresourceRequest) {
  return { group: 'kubevirt.io', resource: 'virtualmachines', namespace, name }
}

export function instanceKey({ namespace, name }: SubresourceRequest) {
  return { group: 'kubevirt.io', resource: 'virtualmachineinstances', namespace, name }
}

export function machineOf(request: SubresourceRequest): VirtualMachine {
  const machine = request.services.objects.find(machineKey(request))
  if (!machine) throw statusErrors.notFound(MACHINE, request.name)
  return machine as VirtualMachine
}

export function findInstance(request: SubresourceRequest): VirtualMachineInstance | undefined {
  return request.services.objects.find(instanceKey(request)) as
    | VirtualMachineInstance
    | undefined
}

export function instanceOf(request: SubresourceRequest): VirtualMachineInstance {
  const instance = findInstance(request)
  if (!instance) throw statusErrors.notFound(INSTANCE, request.name)
  return instance
}

export function machineConflict({ name }: SubresourceRequest, message: string): StatusError {
  return statusErrors.conflict(MACHINE, name, message)
}

export function instanceConflict({ name }: SubresourceRequest, message: string): StatusError {
  return statusErrors.conflict(INSTANCE, name, message)
}

export function instanceForbidden({ name }: SubresourceRequest, message: string): StatusError {
  return statusErrors.forbidden(INSTANCE, name, message)
}

export function isFinal({ status }: VirtualMachineInstance): boolean {
  return FINAL_PHASES.has(status?.phase ?? '')
}

export function isRunning({ status }: VirtualMachineInstance): boolean {
  return status?.phase === 'Running'
}

export function hasCondition(
  { status }: VirtualMachineInstance | VirtualMachine,
  type: string,
  value = 'True',
): boolean {
  const conditions: { type: string; status: string }[] = status?.conditions ?? []
  return conditions.some((condition) => condition.type === type && condition.status === value)
}

/** `running: true` is Always, `false` is Halted. */
export function runStrategyOf({ spec }: VirtualMachine): string {
  return spec.runStrategy ?? (spec.running ? 'Always' : 'Halted')
}
