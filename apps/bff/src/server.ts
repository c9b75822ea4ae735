import { buildServer } from './build.ts'
import { readConfig, StartError, type Config } from './config.ts'
import { loadSessionKey } from './identity/session-key.ts'
import { loadOwnIdentity } from './upstream/own-identity.ts'
import { Upstream } from './upstream/upstream.ts'

const CLOSE_LIMIT_MS = 2_500

async function main(): Promise<void> {
  const config = readConfig(process.argv.slice(2))
  const sessionKey = await loadSessionKey(config.sessionKeyFile)
  const upstream = new Upstream(loadOwnIdentity(config))
  const server = await buildServer({
    config,
    upstream,
    sessionKey,
    collectsFromStart: true,
  })
  let closing = false
  const close = () => {
    if (closing) return
    closing = true
    setTimeout(() => process.exit(1), CLOSE_LIMIT_MS).unref()
    void server.close().then(() => process.exit(0))
  }
  process.on('SIGTERM', close)
  process.on('SIGINT', close)
  const address = await server.listen(config).catch((error: unknown) => {
    throw explainListenError(error, config)
  })
  server.log.info(`ready at ${address}`)
}

function explainListenError(error: unknown, { host, port }: Config): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new StartError(`Port ${port} of ${host} is in use; choose another with --port.`)
    case 'EACCES':
      return new StartError(`Port ${port} of ${host} may not be used by this user.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`${host} is not an address of this machine.`)
    default:
      return error
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof StartError ? error.message : String(error)}\n`)
  process.exit(1)
})
