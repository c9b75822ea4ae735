import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { V1VirtualMachineInstance as VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { KubernetesClient, virtualMachineSubresourcePath } from '@virtdeck/kubernetes'
import { createTransport, loadKubeconfig } from '@virtdeck/kubernetes/node'
import { AgentCluster, NAMESPACE } from './agent-cluster.ts'

const CONTROLLERS = join(import.meta.dirname, '../../../local-cluster/src/controllers/main.ts')

/** API server, controllers and a node agent with QEMU, used as a person uses them. */
export class WholeCluster {
  readonly agents = new AgentCluster()
  /** An administrator. */
  client!: KubernetesClient
  #controllers: ChildProcess | undefined

  async start(): Promise<void> {
    await this.agents.start('qemu', ['node01'])
    const { directory } = this.agents
    const kubeconfig = join(directory, 'components/controllers.kubeconfig')
    const child = spawn(
      process.execPath,
      [CONTROLLERS, '--kubeconfig', kubeconfig, '--data-dir', directory],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    this.#controllers = child
    await new Promise<void>((resolve, reject) => {
      createInterface(child.stdout).on('line', (line) => {
        if (line.includes('ready')) resolve()
      })
      child.once('exit', (code) => reject(new Error(`controllers ended with ${code}`)))
    })
    const admin = await loadKubeconfig(join(directory, 'kubeconfig'))
    this.client = new KubernetesClient(createTransport(admin))
  }

  async stop(): Promise<void> {
    const child = this.#controllers
    if (child && child.exitCode === null) {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    }
    await this.agents.stop()
  }

  /** A subresource of a VM or its instance; what it answers. */
  async call(
    resource: 'virtualmachines' | 'virtualmachineinstances',
    name: string,
    request: { subresource: string; method?: 'GET' | 'PUT'; body?: object },
  ): Promise<string> {
    const { subresource, method = 'PUT', body } = request
    const target = { resource, namespace: NAMESPACE, name, subresource }
    const response = await this.client.request({
      method,
      path: virtualMachineSubresourcePath(target),
      headers: { accept: '*/*', 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    return response.text()
  }

  /** For polling. */
  status(name: string) {
    return async () => (await this.#find(name))?.status
  }

  #find(name: string): Promise<VirtualMachineInstance | undefined> {
    return this.agents.instance(name).catch(() => undefined)
  }
}
