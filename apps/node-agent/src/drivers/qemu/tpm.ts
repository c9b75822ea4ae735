import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ProgramMissing, runProgram } from '../../run-program.ts'
import type { GuestPlace } from '../driver.ts'
import { socketPaths } from './process.ts'

/**
 * Starts the software TPM of a guest. It goes when its QEMU goes; what it keeps lasts as long as
 * the VMI.
 */
export async function startTpm(place: GuestPlace): Promise<void> {
  const state = join(place.directory, 'tpm')
  await mkdir(state, { recursive: true, mode: 0o700 })
  try {
    const control = `type=unixio,path=${socketPaths(place).tpm}`
    const options = ['--tpmstate', `dir=${state}`, '--ctrl', control]
    await runProgram('swtpm', ['socket', '--tpm2', ...options, '--terminate', '--daemon'])
  } catch (error) {
    if (!(error instanceof ProgramMissing)) throw error
    throw new Error('this node has no software TPM (Debian package swtpm)', { cause: error })
  }
}
