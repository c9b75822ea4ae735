import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { KubernetesClient, RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import { createTransport, loadKubeconfig } from '@virtdeck/kubernetes/node'
import { expect, test } from '@playwright/test'
import { processesOf } from '../support/processes.ts'
import {
  makeDataDirectory,
  removeDataDirectory,
  ROOT,
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

  test('leaves nothing when the tests that started it are killed', async () => {
    test.setTimeout(120_000)
    const temporary = await makeDataDirectory()
    const script = `
      import { startVirtdeck } from './e2e/support/virtdeck.ts'
      await startVirtdeck({ dataDirectory: process.argv[1], args: ['--simulated'] })
      console.log('started')`
    const run = spawn(process.execPath, ['--input-type=module', '-e', script, temporary], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(run.stdout, 'data')
    expect(processesOf(temporary)).not.toEqual([])
    run.kill('SIGKILL')
    await expect.poll(() => processesOf(temporary), { timeout: 60_000 }).toEqual([])
    expect(existsSync(temporary)).toBe(false)
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

  test('says that the Node.js is too old', () => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { node: '18.20.0' } })`
    const load = `data:text/javascript,${encodeURIComponent(pretend)}`
    const { status, stderr } = spawnSync(process.execPath, ['--import', load, 'start.mjs'], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stderr).toMatch(/^Virtdeck needs Node.js 20 or newer; this is v[\d.]+\.\n$/)
  })

  test('says that the registry cannot be reached', async () => {
    test.setTimeout(60_000)
    const copy = await makeDataDirectory()
    for (const name of [
      'start.mjs',
      'tools',
      'package.json',
      'pnpm-lock.yaml',
      'pnpm-workspace.yaml',
    ]) {
      await cp(join(ROOT, name), join(copy, name), { recursive: true })
    }
    const env = {
      ...process.env,
      HOME: copy,
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_fetch_retries: '0',
    }
    const args = [
      'start.mjs',
      '--port',
      '0',
      '--api-port',
      '0',
      '--data-dir',
      join(copy, 'data'),
    ]
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: copy,
      env,
      encoding: 'utf8',
    })
    await removeDataDirectory(copy)
    expect(status).toBe(1)
    expect(stderr).toContain('the npm registry is not reachable')
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
