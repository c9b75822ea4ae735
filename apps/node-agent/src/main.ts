import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { KubernetesClient } from '@virtdeck/kubernetes'
import { createTransport, loadKubeconfig } from '@virtdeck/kubernetes/node'
import type { Driver } from './drivers/driver.ts'
import { QemuDriver } from './drivers/qemu/driver.ts'
import { probeAccelerator } from './drivers/qemu/probe.ts'
import { SimulatedDriver } from './drivers/simulated/driver.ts'
import { messageOf, standardLog } from './log.ts'
import { startNodeAgent } from './node-agent.ts'

const USAGE =
  'usage: main.ts --node-name NAME --kubeconfig FILE --data-dir DIRECTORY [--driver qemu|simulated|auto] [--port PORT]'

/** A disk image that is being pulled must not hold the end up. */
const LONGEST_END_MS = 2_900

interface Arguments {
  nodeName: string
  kubeconfig: string
  dataDirectory: string
  driver: 'qemu' | 'simulated' | 'auto'
  port: number
}

function readArguments(): Arguments {
  const { values } = parseArgs({
    options: {
      'node-name': { type: 'string' },
      kubeconfig: { type: 'string' },
      'data-dir': { type: 'string' },
      driver: { type: 'string', default: 'auto' },
      port: { type: 'string', default: '0' },
    },
  })
  const { driver, kubeconfig } = values
  const nodeName = values['node-name']
  const dataDirectory = values['data-dir']
  if (!nodeName || !kubeconfig || !dataDirectory) throw new Error(USAGE)
  if (driver !== 'qemu' && driver !== 'simulated' && driver !== 'auto') throw new Error(USAGE)
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(USAGE)
  // QEMU runs in another directory.
  return { nodeName, kubeconfig, dataDirectory: resolve(dataDirectory), driver, port }
}

async function chooseDriver({ driver, dataDirectory }: Arguments): Promise<Driver> {
  if (driver === 'simulated') return new SimulatedDriver()
  const accelerator = await probeAccelerator(join(dataDirectory, 'nodes'))
  if (accelerator !== undefined) return new QemuDriver(accelerator)
  if (driver === 'qemu') throw new Error('QEMU (qemu-system-x86_64) does not work here')
  standardLog.info('QEMU does not work here: guests are simulated')
  return new SimulatedDriver()
}

try {
  const given = readArguments()
  const driver = await chooseDriver(given)
  const connection = await loadKubeconfig(given.kubeconfig)
  const client = new KubernetesClient(createTransport(connection))
  const { nodeName, dataDirectory, port } = given
  const agent = await startNodeAgent({
    nodeName,
    dataDirectory,
    client,
    driver,
    port,
    log: standardLog,
  })
  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    setTimeout(() => process.exit(1), LONGEST_END_MS)
    void agent.shutDown().finally(() => process.exit(0))
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  const how = driver.heavy ? `QEMU with ${driver.accelerator}` : 'simulated guests'
  standardLog.info(`${nodeName} ready on port ${agent.port}: ${how}`)
} catch (error) {
  const { code } = error as NodeJS.ErrnoException
  const message =
    code === 'EADDRINUSE' ? 'the port is in use by another process' : messageOf(error)
  process.stderr.write(`node agent: ${message}\n`)
  process.exit(1)
}
