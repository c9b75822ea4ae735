import { createServer } from 'node:net'
import { KubernetesClient, RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import { createTransport, loadKubeconfig } from '@virtdeck/kubernetes/node'
import { expect, test } from '@playwright/test'
import { processesOf } from '../support/processes.ts'
import {
  makeDataDirectory,
  removeDataDirectory,
  startAndFail,
  startVirtdeck,
} from '../support/virtdeck.ts'

test.describe('npm start', () => {
  let dataDirectory: string
  test.beforeAll(async () => {
    dataDirectory = await makeDataDirectory()
  })
  test.afterAll(() => removeDataDirectory(dataDirectory))

  test('finds its virtual machines again, refuses a second start, and leaves nothing running', async () => {
    test.setTimeout(240_000)
    const options = { dataDirectory, args: ['--simulated'] }
    const first = await startVirtdeck(options)
    await (
      await client(dataDirectory)
    ).create(RESOURCES.virtualMachines, virtualMachine('kept'))

    const refused = await startAndFail(['--data-dir', dataDirectory])
    expect(refused.code).not.toBe(0)
    expect(refused.output).toContain('Virtdeck already runs on')

    expect(await first.stop()).toBe(0)
    expect(processesOf(dataDirectory)).toEqual([])

    const second = await startVirtdeck(options)
    const found = await (
      await client(dataDirectory)
    ).get(RESOURCES.virtualMachines, { namespace: 'default', name: 'kept' })
    expect(found.metadata?.name).toBe('kept')
    expect(await second.stop()).toBe(0)
    expect(processesOf(dataDirectory)).toEqual([])
  })

  test('says which port is in use', async () => {
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const { port } = holder.address() as { port: number }
    const { code, output } = await startAndFail([
      '--data-dir',
      dataDirectory,
      '--port',
      String(port),
    ])
    holder.close()
    expect(code).not.toBe(0)
    expect(output).toContain(`Port ${port} is in use. Choose another with --port PORT.`)
  })

  test('says what is wrong with its options', async () => {
    const { code, output } = await startAndFail(['--port', 'many'])
    expect(code).not.toBe(0)
    expect(output).toContain('--port must be a number from 0 to 65535, not "many".')
  })
})

async function client(dataDirectory: string): Promise<KubernetesClient> {
  const connection = await loadKubeconfig(`${dataDirectory}/kubeconfig`)
  return new KubernetesClient(createTransport(connection))
}

const virtualMachine = (name: string): KubernetesObject => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { name, namespace: 'default' },
  spec: {
    runStrategy: 'Halted',
    template: {
      spec: { domain: { devices: {}, resources: { requests: { memory: '128Mi' } } } },
    },
  },
})
