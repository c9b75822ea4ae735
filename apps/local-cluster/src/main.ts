import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startLocalCluster } from './local-cluster.ts'
import { servedWithout } from './served.ts'
import { StorageFullError } from './store/committer.ts'

const NODE_NAMES = ['node01', 'node02']

/** Says in one sentence why the API server cannot start. */
function explain(error: unknown, { port, dataDirectory }: Arguments): string {
  const message = error instanceof Error ? error.message : String(error)
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return `Port ${port} is in use by another program.`
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `The data directory ${dataDirectory} cannot be written to.`
  }
  if (code === 'ENOSPC' || error instanceof StorageFullError || /No space left/.test(message)) {
    return `The disk of the data directory ${dataDirectory} is full.`
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') return `${dataDirectory} is not a directory.`
  return `The API server could not start: ${message}`
}

interface Arguments {
  dataDirectory: string
  port: number
  nodeNames: string[]
  without: string[]
}

function readArguments(): Arguments {
  const { values } = parseArgs({
    options: {
      'data-dir': { type: 'string' },
      port: { type: 'string', default: '16443' },
      nodes: { type: 'string', default: NODE_NAMES.join(',') },
      // Resources that are not served, as `plural.group`: clusters differ in what they have.
      without: { type: 'string', default: '' },
    },
  })
  const directory = values['data-dir']
  if (directory === undefined) throw new Error('--data-dir is missing')
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port ${values.port} is not a port`)
  }
  return {
    dataDirectory: path.resolve(directory),
    port,
    nodeNames: namesOf(values.nodes),
    without: namesOf(values.without),
  }
}

const namesOf = (list: string): string[] => list.split(',').filter((name) => name !== '')

async function main(): Promise<void> {
  let options: Arguments | undefined
  try {
    options = readArguments()
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = 2
    return
  }
  try {
    mkdirSync(options.dataDirectory, { recursive: true, mode: 0o700 })
    const cluster = await startLocalCluster({
      ...options,
      ...servedWithout(options.without),
    })
    process.stdout.write(`API server ready on ${cluster.url}\n`)
    let stopping = false
    const stop = (): void => {
      if (stopping) return
      stopping = true
      void cluster.close().finally(() => process.exit(0))
    }
    process.once('SIGTERM', stop)
    process.once('SIGINT', stop)
  } catch (error) {
    process.stderr.write(`${explain(error, options)}\n`)
    process.exit(1)
  }
}

// LMDB rejects one promise of its own for each failed commit, which nobody can reach; the writers
// have been told by then. Anything else that is not handled ends the process, as it should.
process.on('unhandledRejection', (error) => {
  if (error instanceof Error && 'commitError' in error) return
  throw error
})

await main()
