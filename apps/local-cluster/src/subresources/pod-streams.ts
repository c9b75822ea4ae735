import { statusErrors } from '@virtdeck/kubernetes'
import { podOf } from './pod-log.ts'
import type { SubresourceHandler, SubresourceRequest } from './subresource.ts'

/** A launcher's containers are not processes of their own here: nothing to run a command in. */
export const podStreams: SubresourceHandler[] = [
  unserved('exec', 'PodExecOptions'),
  unserved('attach', 'PodAttachOptions'),
  unserved('portforward', 'PodPortForwardOptions'),
]

function unserved(subresource: string, kind: string): SubresourceHandler {
  const refuse = async (request: SubresourceRequest): Promise<never> => {
    podOf(request)
    throw statusErrors.other(
      501,
      'NotImplemented',
      `the local cluster does not serve pods/${subresource}`,
    )
  }
  return {
    group: '',
    versions: ['v1'],
    resource: 'pods',
    subresource,
    scope: 'object',
    namespaced: true,
    methods: ['GET', 'POST'],
    discovery: { kind, verbs: ['create', 'get'] },
    handle: refuse,
    upgrade: refuse,
  }
}
