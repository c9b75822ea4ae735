import type { V1VirtualMachineInstance as VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { statusErrors } from '@virtdeck/kubernetes'
import { callNodeAgent, readBody } from './node-agent.ts'
import { isDryRun, notAcceptable, optionsOf } from './options-body.ts'
import type { SubresourceHandler, SubresourceRequest } from './subresource.ts'
import {
  hasCondition,
  instanceConflict,
  instanceForbidden,
  instanceOf,
  isRunning,
  machineConflict,
  machineKey,
  SUBRESOURCES_API,
} from './virtual-machine-objects.ts'

type Check = (request: SubresourceRequest, instance: VirtualMachineInstance) => void

/** What the agent of the VMI's node does to a running guest: 200 without a body. */
export const virtualMachineInstanceActions: SubresourceHandler[] = [
  action('pause', checkPause),
  action('unpause', checkUnpause),
  action('softreboot', checkSoftReboot),
  action('reset', running('VM is not running')),
  action('freeze', running('VM is not running')),
  action('unfreeze', running('VMI is not running')),
]

function action(subresource: string, check: Check): SubresourceHandler {
  return {
    ...SUBRESOURCES_API,
    resource: 'virtualmachineinstances',
    subresource,
    scope: 'object',
    namespaced: true,
    methods: ['PUT'],
    discovery: { kind: '' },
    handle: async (request) => {
      const refusal = notAcceptable(request)
      if (refusal) return refusal
      const options = await optionsOf(request)
      const instance = instanceOf(request)
      check(request, instance)
      if (!isDryRun(request, options)) {
        await tellNodeAgent(request, instance, { subresource, options })
      }
      return { status: 200 }
    },
  }
}

export function instancePath({ namespace, name }: SubresourceRequest, rest: string): string {
  return `/v1/namespaces/${namespace}/virtualmachineinstances/${name}/${rest}`
}

async function tellNodeAgent(
  request: SubresourceRequest,
  { status }: VirtualMachineInstance,
  { subresource, options }: { subresource: string; options: Record<string, unknown> },
): Promise<void> {
  const nodeName = status?.nodeName ?? ''
  const path = instancePath(request, subresource)
  const body = JSON.stringify(options)
  const answer = await callNodeAgent(request, { nodeName, method: 'PUT', path, body })
  const said = await readBody(answer)
  if (answer.statusCode === 200 || answer.statusCode === 202) return
  throw statusErrors.internal(
    said.toString().trim() || `unexpected status ${answer.statusCode}`,
  )
}

function running(message: string): Check {
  return (request, instance) => {
    if (!isRunning(instance)) throw instanceConflict(request, message)
  }
}

function checkPause(request: SubresourceRequest, instance: VirtualMachineInstance): void {
  if (!isRunning(instance)) throw instanceConflict(request, 'VM is not running')
  if (instance.spec.livenessProbe) {
    throw instanceForbidden(
      request,
      'Pausing VMIs with LivenessProbe is currently not supported',
    )
  }
  if (hasCondition(instance, 'Paused')) {
    throw instanceConflict(request, 'VMI is already paused')
  }
  const { migrationState } = instance.status ?? {}
  if (migrationState && !migrationState.completed) {
    throw instanceConflict(
      request,
      `Cannot pause VM '${request.name}' because it is currently being migrated`,
    )
  }
}

function checkUnpause(request: SubresourceRequest, instance: VirtualMachineInstance): void {
  const machine = request.services.objects.find(machineKey(request))
  const { snapshotInProgress } = (machine?.status ?? {}) as { snapshotInProgress?: string }
  if (snapshotInProgress) throw machineConflict(request, 'VM snapshot is in progress')
  if (!isRunning(instance)) throw instanceConflict(request, 'VMI is not running')
  if (!hasCondition(instance, 'Paused')) throw instanceConflict(request, 'VMI is not paused')
}

function checkSoftReboot(request: SubresourceRequest, instance: VirtualMachineInstance): void {
  if (!isRunning(instance)) throw instanceConflict(request, 'VM is not running')
  if (hasCondition(instance, 'Paused')) throw instanceConflict(request, 'VMI is paused')
  const acpi = instance.spec.domain.features?.acpi?.enabled ?? true
  if (!acpi && !hasCondition(instance, 'AgentConnected')) {
    throw instanceConflict(
      request,
      'VMI neither have the agent connected nor the ACPI feature enabled',
    )
  }
}
