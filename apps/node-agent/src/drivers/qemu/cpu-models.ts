import { runProgram } from '../../run-program.ts'
import { QEMU, type Accelerator } from './probe.ts'

interface Answer {
  return?: { name: string; 'unavailable-features'?: string[] }[]
}

const COMMANDS = ['qmp_capabilities', 'query-cpu-definitions', 'quit']
/** `EPYC-v2` is a version of EPYC; VMs name the model. */
const VERSION = /-v\d+$/

/** The CPU models that QEMU gives to guests here with all their features. */
export async function cpuModels(accelerator: Accelerator): Promise<string[]> {
  const machine = ['-accel', accelerator, '-M', 'q35', '-nodefaults', '-no-user-config']
  const input = COMMANDS.map((execute) => JSON.stringify({ execute })).join('\n')
  const output = await runProgram(
    QEMU,
    [...machine, '-display', 'none', '-S', '-qmp', 'stdio'],
    { input: Buffer.from(`${input}\n`), signal: AbortSignal.timeout(5_000) },
  )
  const answers = output
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer)
  const models = answers.find((answer) => Array.isArray(answer.return))?.return ?? []
  return models
    .filter((model) => (model['unavailable-features'] ?? []).length === 0)
    .map(({ name }) => name)
    .filter((name) => !VERSION.test(name))
    .toSorted()
}
