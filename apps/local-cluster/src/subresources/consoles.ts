import type { V1VirtualMachineInstance as VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { statusErrors } from '@virtdeck/kubernetes'
import { callNodeAgent, readBody, spliceToNodeAgent } from './node-agent.ts'
import type {
  SubresourceHandler,
  SubresourceRequest,
  SubresourceResponse,
} from './subresource.ts'
import { instancePath } from './virtual-machine-instance-actions.ts'
import {
  hasCondition,
  instanceConflict,
  instanceOf,
  isRunning,
  machineConflict,
  machineOf,
  SUBRESOURCES_API,
} from './virtual-machine-objects.ts'

type Check = (request: SubresourceRequest, instance: VirtualMachineInstance) => void

/** WebSockets with `plain.kubevirt.io`, joined to the node agent's. */
export const consoles: SubresourceHandler[] = [
  stream('virtualmachineinstances', 'console', checkConsole),
  { ...stream('virtualmachineinstances', 'vnc', checkVnc), handle: answerVnc },
  stream('virtualmachineinstances', 'portforward', checkPortForward),
  stream('virtualmachines', 'portforward', (request, instance) => {
    checkPortForward(request, instance)
  }),
]

function stream(resource: string, subresource: string, check: Check): SubresourceHandler {
  return {
    ...SUBRESOURCES_API,
    resource,
    subresource,
    scope: 'object',
    namespaced: true,
    methods: ['GET'],
    discovery: { kind: '' },
    handle: async (request) => {
      check(request, targetOf(resource, request))
      throw statusErrors.badRequest('websocket: the client is not using the websocket protocol')
    },
    upgrade: async (request, connection) => {
      const instance = targetOf(resource, request)
      check(request, instance)
      const rest = [subresource, ...request.rest].map(encodeURIComponent).join('/')
      const path = `${instancePath(request, rest)}${request.url.search}`
      const nodeName = instance.status?.nodeName ?? ''
      await spliceToNodeAgent(request, { nodeName, path }, connection)
    },
  }
}

function targetOf(resource: string, request: SubresourceRequest): VirtualMachineInstance {
  if (resource === 'virtualmachines' && !machineOf(request).status?.created) {
    throw machineConflict(request, 'VMI is not started')
  }
  return instanceOf(request)
}

/** KubeVirt 1.0 named the phase here; since then every console says the same. */
function requireRunning(instance: VirtualMachineInstance): void {
  if (!isRunning(instance)) throw statusErrors.badRequest('VMI is not running')
}

function checkConsole(request: SubresourceRequest, instance: VirtualMachineInstance): void {
  if (instance.spec.domain.devices.autoattachSerialConsole === false) {
    throw statusErrors.badRequest('No serial consoles are present.')
  }
  if (instance.status?.phase === 'Failed') {
    throw instanceConflict(request, 'VMI is in failed status')
  }
  requireRunning(instance)
}

function checkVnc(_request: SubresourceRequest, instance: VirtualMachineInstance): void {
  if (instance.spec.domain.devices.autoattachGraphicsDevice === false) {
    throw statusErrors.badRequest('No graphics devices are present.')
  }
  requireRunning(instance)
}

function checkPortForward(request: SubresourceRequest, instance: VirtualMachineInstance): void {
  if (hasCondition(instance, 'Paused')) throw instanceConflict(request, 'VMI is paused')
  requireRunning(instance)
  const [port] = request.rest
  if (!port || !/^\d{1,5}$/.test(port)) {
    throw statusErrors.badRequest('port must not be empty')
  }
}

/** Without an upgrade only `…/vnc/screenshot` has an answer. */
async function answerVnc(request: SubresourceRequest): Promise<SubresourceResponse> {
  const instance = instanceOf(request)
  checkVnc(request, instance)
  if (request.rest[0] !== 'screenshot') {
    throw statusErrors.badRequest('websocket: the client is not using the websocket protocol')
  }
  const path = `${instancePath(request, 'vnc/screenshot')}${request.url.search}`
  const nodeName = instance.status?.nodeName ?? ''
  const answer = await callNodeAgent(request, { nodeName, method: 'GET', path })
  const body = await readBody(answer)
  if (answer.statusCode !== 200) throw statusErrors.internal(body.toString().trim())
  return { status: 200, headers: { 'Content-Type': 'image/png' }, body }
}
