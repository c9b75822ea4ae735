import { EXEC_SUBPROTOCOLS } from '@virtdeck/bff-contract'
import { pathOf, RESOURCES } from '@virtdeck/kubernetes'
import type { FastifyPluginAsync } from 'fastify'
import { BffError } from '../../../errors.ts'
import type { UpgradeContext } from '../../../plugins/upgrades.ts'
import {
  nameOf,
  openSplice,
  type SpliceDependencies,
  type SpliceTarget,
} from './open-splice.ts'

const MAX_COMMAND_LENGTH = 4096

/**
 * `/api/exec/:namespace/:pod/:container?command=…`: a WebSocket spliced with that of a
 * command with a terminal in a container.
 */
export const execRoutes: FastifyPluginAsync<SpliceDependencies> = async (app, dependencies) => {
  const { registry } = app.sessions

  app.onUpgrade('/api/exec/:namespace/:pod/:container', (context) =>
    openSplice({
      ...dependencies,
      context,
      protocols: EXEC_SUBPROTOCOLS,
      target: () => targetOf(context),
      isValid: (session) => registry.isValid(session),
    }),
  )
}

function targetOf({ params, url }: UpgradeContext): SpliceTarget {
  const namespace = nameOf(params['namespace'])
  const name = nameOf(params['pod'])
  const command = url.searchParams.getAll('command')
  if (command.length === 0 || command.join(' ').length > MAX_COMMAND_LENGTH) {
    throw new BffError('BadRequest')
  }
  // A terminal has one output, so errors are not asked for beside it.
  const query = new URLSearchParams({ stdin: 'true', stdout: 'true', tty: 'true' })
  query.set('container', nameOf(params['container']))
  for (const word of command) query.append('command', word)
  return {
    // To a socket a server may look at "get" only; running a command is more than reading.
    check: {
      verb: 'create',
      group: '',
      resource: 'pods',
      subresource: 'exec',
      namespace,
      name,
    },
    path: `${pathOf(RESOURCES.pods, { namespace, name, subresource: 'exec' })}?${query.toString()}`,
  }
}
