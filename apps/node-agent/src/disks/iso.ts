import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ProgramMissing, runProgram } from '../run-program.ts'

export interface IsoOptions {
  file: string
  /** The volume's label, by which guests find it. */
  label: string
  content: Record<string, string | Buffer>
}

/** Writes a CD image with the given files. */
export async function writeIso({ file, label, content }: IsoOptions): Promise<void> {
  const directory = join(dirname(file), `${basename(file)}.content`)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  try {
    for (const [name, text] of Object.entries(content)) {
      const path = join(directory, name)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, text, { mode: 0o600 })
    }
    const args = ['-quiet', '-output', file, '-volid', label, '-joliet', '-rock', directory]
    try {
      await runProgram('genisoimage', args)
    } catch (error) {
      if (!(error instanceof ProgramMissing)) throw error
      await runProgram('xorriso', ['-as', 'mkisofs', ...args])
    }
    // It may hold passwords.
    await chmod(file, 0o600)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
