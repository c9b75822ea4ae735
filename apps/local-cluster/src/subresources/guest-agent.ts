import { StatusError } from '@virtdeck/kubernetes'
import { callNodeAgent, readBody } from './node-agent.ts'
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
  SUBRESOURCES_API,
} from './virtual-machine-objects.ts'

/** What the guest agent tells about the guest. */
export const guestAgent: SubresourceHandler[] = [
  'guestosinfo',
  'userlist',
  'filesystemlist',
].map((subresource) => ({
  ...SUBRESOURCES_API,
  resource: 'virtualmachineinstances',
  subresource,
  scope: 'object',
  namespaced: true,
  methods: ['GET'],
  discovery: { kind: '' },
  handle: (request) => answer(request, subresource),
}))

/** Every failure but a missing VMI is a 500 with plain text, even where 409 would be right. */
async function answer(
  request: SubresourceRequest,
  subresource: string,
): Promise<SubresourceResponse> {
  const instance = instanceOf(request)
  if (!isRunning(instance)) return failed(instanceConflict(request, 'VMI is not running'))
  if (!hasCondition(instance, 'AgentConnected')) {
    return failed(instanceConflict(request, 'VMI does not have guest agent connected'))
  }
  try {
    const nodeName = instance.status?.nodeName ?? ''
    const path = instancePath(request, subresource)
    const reply = await callNodeAgent(request, { nodeName, method: 'GET', path })
    const body = await readBody(reply)
    if (reply.statusCode !== 200) return { status: 500, body: body.toString().trim() }
    return { status: 200, headers: { 'Content-Type': 'application/json' }, body }
  } catch (error) {
    if (error instanceof StatusError) return failed(error)
    throw error
  }
}

function failed(error: StatusError): SubresourceResponse {
  return { status: 500, body: error.message }
}
