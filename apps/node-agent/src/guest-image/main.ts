import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ProgramMissing } from '../run-program.ts'
import { buildSampleGuest } from './build.ts'

const { values } = parseArgs({ options: { 'data-dir': { type: 'string' } } })

try {
  const dataDirectory = values['data-dir']
  if (dataDirectory === undefined) throw new Error('--data-dir is missing')
  await buildSampleGuest({
    dataDirectory: resolve(dataDirectory),
    report: (line) => process.stdout.write(`${line}\n`),
  })
} catch (error) {
  const hint =
    error instanceof ProgramMissing ? ' (needed to build the sample guest, on Debian only)' : ''
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${hint}\n`)
  process.exitCode = 1
}
