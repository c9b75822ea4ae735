import { randomBytes, randomUUID } from 'node:crypto'
import { link, readFile, unlink, writeFile } from 'node:fs/promises'
import { StartError } from '../config.ts'

const KEY_BYTES = 32

/** The key that seals sessions; a file makes them outlive the process. */
export async function loadSessionKey(file: string | undefined): Promise<Uint8Array> {
  if (file === undefined) return randomBytes(KEY_BYTES)
  try {
    return await readKey(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  try {
    await createKey(file)
  } catch (error) {
    // Another replica may have been first with the same file.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new StartError(`The session key ${file} cannot be written: ${String(error)}`)
    }
  }
  return readKey(file)
}

/** A link appears with all of its content or not at all, and only once. */
async function createKey(file: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`
  const text = `${randomBytes(KEY_BYTES).toString('base64url')}\n`
  await writeFile(draft, text, { mode: 0o600, flag: 'wx' })
  try {
    await link(draft, file)
  } finally {
    await unlink(draft)
  }
}

async function readKey(file: string): Promise<Uint8Array> {
  const key = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64url')
  if (key.length !== KEY_BYTES) {
    throw new StartError(`The session key ${file} is damaged; delete it to get a new one.`)
  }
  return key
}
