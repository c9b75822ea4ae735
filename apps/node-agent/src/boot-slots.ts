import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { identityOf, isAlive, type ProcessIdentity } from './process-identity.ts'

export interface BootSlotsOptions {
  /** Shared by all agents of the machine. */
  directory: string
  /** How many guests may boot at a time: more would only make each of them slower. */
  count?: number
}

/** Permission to boot one guest. */
export interface BootSlot {
  release: () => Promise<void>
}

/**
 * Lets few guests boot at a time on the whole machine: ten at once take a minute each, two at a
 * time take eight seconds each. A slot is a file that names its owner's process; slots of
 * processes that are gone are taken over.
 */
export class BootSlots {
  readonly #options: BootSlotsOptions
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: BootSlotsOptions) {
    this.#options = options
  }

  /** A free slot, or undefined: then try again later. */
  tryAcquire(): Promise<BootSlot | undefined> {
    const attempt = this.#queue.then(() => this.#tryAll())
    this.#queue = attempt.catch(() => undefined)
    return attempt
  }

  async #tryAll(): Promise<BootSlot | undefined> {
    const { directory, count = 2 } = this.#options
    await mkdir(directory, { recursive: true })
    for (let index = 0; index < count; index += 1) {
      const file = join(directory, `slot-${index}`)
      if ((await create(file)) || ((await isStale(file)) && (await takeOver(file)))) {
        return { release: () => rm(file, { force: true }) }
      }
    }
    return undefined
  }
}

/** Linked into place with its content: no other agent sees a slot without an owner. */
async function create(file: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, JSON.stringify(await identityOf(process.pid)))
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

async function takeOver(file: string): Promise<boolean> {
  // Of several agents that see the same stale slot, one can move it away.
  const aside = `${file}.${randomUUID()}`
  try {
    await rename(file, aside)
  } catch {
    return false
  }
  try {
    if (await isStale(aside)) return await create(file)
    // Another agent had taken it over in between: it gets its slot back.
    await link(aside, file).catch(() => undefined)
    return false
  } finally {
    await rm(aside, { force: true })
  }
}

async function isStale(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text !== undefined && !(await isAlive(JSON.parse(text) as ProcessIdentity))
}
