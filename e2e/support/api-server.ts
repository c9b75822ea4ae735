import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { makeDataDirectory, removeDataDirectory, ROOT } from './virtdeck.ts'

export interface ApiServer {
  dataDirectory: string
  /** The administrator's. */
  kubeconfig: string
  stop: () => Promise<void>
}

/** A local API server alone, without nodes and controllers, that lacks some resources. */
export async function startApiServer(without: readonly string[]): Promise<ApiServer> {
  const dataDirectory = await makeDataDirectory()
  const main = join(ROOT, 'apps/local-cluster/src/main.ts')
  const args = [main, '--data-dir', dataDirectory, '--port', '0', '--without', without.join()]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = new Promise((resolve) => child.once('close', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    await closed
    await removeDataDirectory(dataDirectory)
  }
  const isReady = new Promise<boolean>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('ready')) resolve(true)
    })
    void closed.then(() => resolve(false))
  })
  if (!(await isReady)) {
    await stop()
    throw new Error('the API server did not start')
  }
  return { dataDirectory, kubeconfig: join(dataDirectory, 'kubeconfig'), stop }
}
