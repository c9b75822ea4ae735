import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { KubernetesClient } from '@virtdeck/kubernetes'
import { createDispatcher, createTransport, loadKubeconfig } from '@virtdeck/kubernetes/node'

const SOURCE = path.join(import.meta.dirname, '../..')

interface Running {
  child: ChildProcess
  port: number
}

/** API server and controllers as processes of their own, on a fresh data directory. */
export class ClusterProcesses {
  readonly directory = mkdtempSync(path.join(tmpdir(), 'virtdeck-controllers-'))
  /** What the controllers have printed. */
  log = ''
  #apiServer: Running | undefined
  #controllers: Running | undefined
  #close: (() => Promise<void>) | undefined
  #client: KubernetesClient | undefined

  get client(): KubernetesClient {
    if (!this.#client) throw new Error('the cluster has not been started')
    return this.#client
  }

  async start(): Promise<void> {
    await this.startApiServer()
    await this.startControllers()
  }

  async startApiServer(): Promise<void> {
    this.#apiServer = await this.#run('main.ts', ['--port', '0'])
    const connection = await loadKubeconfig(path.join(this.directory, 'kubeconfig'))
    const dispatcher = createDispatcher(connection)
    this.#close = () => dispatcher.destroy()
    this.#client = new KubernetesClient(createTransport(connection, dispatcher))
  }

  async startControllers(): Promise<void> {
    const kubeconfig = path.join(this.directory, 'components/controllers.kubeconfig')
    this.#controllers = await this.#run('controllers/main.ts', ['--kubeconfig', kubeconfig])
  }

  killApiServer(): Promise<void> {
    return end(this.#apiServer, 'SIGKILL')
  }

  /** On the port it had before, as its clients expect. */
  async restartApiServer(): Promise<void> {
    const port = String(this.#apiServer?.port ?? 0)
    this.#apiServer = await this.#run('main.ts', ['--port', port])
  }

  killControllers(): Promise<void> {
    return end(this.#controllers, 'SIGKILL')
  }

  /** Resolves with the exit code of the controllers after SIGTERM. */
  async stopControllers(): Promise<number | null> {
    await end(this.#controllers, 'SIGTERM')
    return this.#controllers?.child.exitCode ?? null
  }

  async stop(): Promise<void> {
    await end(this.#controllers, 'SIGKILL')
    await end(this.#apiServer, 'SIGKILL')
    await this.#close?.()
    rmSync(this.directory, { recursive: true, force: true })
  }

  #run(file: string, args: string[]): Promise<Running> {
    const child = spawn(process.execPath, [
      path.join(SOURCE, file),
      '--data-dir',
      this.directory,
      ...args,
    ])
    return new Promise((resolve, reject) => {
      let output = ''
      const take = (chunk: Buffer): void => {
        output += chunk.toString()
        if (file.startsWith('controllers')) this.log += chunk.toString()
        const port = /ready on https:\S+:(\d+)/.exec(output)?.[1]
        if (port) resolve({ child, port: Number(port) })
      }
      child.stdout.on('data', take)
      child.stderr.on('data', take)
      child.once('close', () => reject(new Error(`${file} ended: ${output}`)))
    })
  }
}

async function end(running: Running | undefined, signal: NodeJS.Signals): Promise<void> {
  const child = running?.child
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const closed = new Promise((resolve) => child.once('close', resolve))
  child.kill(signal)
  await closed
}
