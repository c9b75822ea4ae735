import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { KubernetesClient } from '@virtdeck/kubernetes'
import { createTransport, loadKubeconfig } from '@virtdeck/kubernetes/node'
import { startControllers } from './controllers.ts'
import { logToStdout } from './log.ts'

const LONGEST_STOP_MS = 2_500
const USAGE = 'usage: main.ts --kubeconfig FILE --data-dir DIR'

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { kubeconfig: { type: 'string' }, 'data-dir': { type: 'string' } },
  })
  const { kubeconfig, 'data-dir': dataDirectory } = values
  if (kubeconfig === undefined || dataDirectory === undefined) throw new Error(USAGE)
  const connection = await loadKubeconfig(kubeconfig)
  const controllers = await startControllers({
    client: new KubernetesClient(createTransport(connection)),
    volumesDirectory: resolve(dataDirectory, 'volumes'),
    certificateAuthority: connection.certificateAuthority ?? '',
    log: logToStdout,
  })
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    // An API server that does not answer must not hold us.
    setTimeout(() => process.exit(0), LONGEST_STOP_MS).unref()
    void controllers.stop().finally(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  logToStdout(`controllers ready on ${connection.server}`)
}

try {
  await main()
} catch (error) {
  process.stderr.write(`The controllers could not start: ${(error as Error).message}\n`)
  process.exitCode = 1
}
