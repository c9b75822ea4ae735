import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { PlainError } from './say.mjs'

export const HELP = `Usage: npm start -- [options]

  --port PORT          port of the console (9000; 0 = any free port)
  --api-port PORT      port of the local cluster's API server (16443; 0 = any free port)
  --data-dir DIR       where the local cluster keeps everything (.virtdeck)
  --simulated          run simulated guests even where QEMU is installed
  --kubeconfig FILE    use that cluster; no local cluster is started
  --context NAME       context of the kubeconfig
  --idle MINUTES       disconnect consoles that nobody has used for so long (0 = never)
  --verbose            show all logs of all processes
  --temporary          for tests: when standard input closes, stop and remove the data folder
  --help
`

export function readOptions(args) {
  let values
  try {
    values = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '9000' },
        'api-port': { type: 'string', default: '16443' },
        'data-dir': { type: 'string', default: '.virtdeck' },
        simulated: { type: 'boolean', default: false },
        kubeconfig: { type: 'string' },
        context: { type: 'string' },
        idle: { type: 'string', default: '0' },
        verbose: { type: 'boolean', default: false },
        temporary: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new PlainError(`${error.message}\n\n${HELP}`)
  }
  return {
    ...values,
    port: portOf(values.port, '--port'),
    apiPort: portOf(values['api-port'], '--api-port'),
    idleMinutes: minutesOf(values.idle, '--idle'),
    dataDirectory: resolve(values['data-dir']),
    kubeconfig: values.kubeconfig === undefined ? undefined : resolve(values.kubeconfig),
  }
}

function minutesOf(text, option) {
  const minutes = Number(text)
  if (!Number.isInteger(minutes) || minutes < 0) {
    throw new PlainError(`${option} must be a number of minutes, not "${text}".`)
  }
  return minutes
}

function portOf(text, option) {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new PlainError(`${option} must be a number from 0 to 65535, not "${text}".`)
  }
  return port
}
