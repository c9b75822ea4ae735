import { CONSOLE_SUBPROTOCOL, type ConsoleKind } from '@virtdeck/bff-contract'
import { SUBRESOURCES_GROUP, virtualMachineSubresourcePath } from '@virtdeck/kubernetes'
import type { FastifyPluginAsync } from 'fastify'
import { BffError } from '../../../errors.ts'
import type { UpgradeContext } from '../../../plugins/upgrades.ts'
import {
  nameOf,
  openSplice,
  type SpliceDependencies,
  type SpliceTarget,
} from './open-splice.ts'

const SUBRESOURCES: Record<ConsoleKind, 'vnc' | 'console'> = { vnc: 'vnc', serial: 'console' }

/**
 * `/api/consoles/:namespace/:name/{vnc,serial}`: a WebSocket spliced with that of a VMI's
 * console.
 */
export const consoleRoutes: FastifyPluginAsync<SpliceDependencies> = async (
  app,
  dependencies,
) => {
  const { registry } = app.sessions

  app.onUpgrade('/api/consoles/:namespace/:name/:console', (context) =>
    openSplice({
      ...dependencies,
      context,
      protocols: [CONSOLE_SUBPROTOCOL],
      target: () => targetOf(context),
      isValid: (session) => registry.isValid(session),
      onOpen: ({ session, check: { namespace = '', name = '', subresource } }) => {
        const console = subresource === 'vnc' ? 'vnc' : 'serial'
        app.auditTrail.noteConsole({ namespace, name }, { user: session.user.name, console })
      },
    }),
  )
}

function targetOf({ params, url }: UpgradeContext): SpliceTarget {
  const namespace = nameOf(params['namespace'])
  const name = nameOf(params['name'])
  const kind = params['console']
  if (kind !== 'vnc' && kind !== 'serial') throw new BffError('NotFound')
  const resource = 'virtualmachineinstances'
  const subresource = SUBRESOURCES[kind]
  const path = virtualMachineSubresourcePath({ resource, namespace, name, subresource })
  const preserve = kind === 'vnc' && url.searchParams.get('preserveSession') === 'true'
  return {
    check: { verb: 'get', group: SUBRESOURCES_GROUP, resource, subresource, namespace, name },
    path: preserve ? `${path}?preserveSession=true` : path,
  }
}
