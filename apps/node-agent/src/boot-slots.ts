import { randomUUID } from 'node:crypto'
import { link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
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

/** Who waits asks again and again; a ticket that nobody asks for any more is not waited for. */
const TICKET_FRESH_MS = 10_000

/**
 * Lets few guests boot at a time on the whole machine: ten at once take a minute each, two at a
 * time take eight seconds each. Who came first, at whichever agent, boots first. A slot is a file
 * that names its owner's process; slots of processes that are gone are taken over. Who waits has
 * a ticket: a file that is named by the time at which it was drawn.
 */
export class BootSlots {
  readonly #options: BootSlotsOptions
  readonly #tickets = new Map<string, string>()
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: BootSlotsOptions) {
    this.#options = options
  }

  /** A free slot for this guest, or undefined: then ask again soon. */
  tryAcquire(guest: string): Promise<BootSlot | undefined> {
    const attempt = this.#queue.then(() => this.#tryAll(guest))
    this.#queue = attempt.catch(() => undefined)
    return attempt
  }

  async #tryAll(guest: string): Promise<BootSlot | undefined> {
    const { directory, count = 2 } = this.#options
    const ticket = await this.#ticketOf(guest)
    const waiting = await freshTickets(this.#waitingRoom)
    const files = Array.from({ length: count }, (_, index) => join(directory, `slot-${index}`))
    const free = (await Promise.all(files.map(isFree))).filter(Boolean).length
    // Those at the head of the queue may try, as many as there are free slots.
    if (waiting.indexOf(ticket) >= free) return undefined
    for (const file of files) {
      if ((await create(file)) || ((await isStale(file)) && (await takeOver(file)))) {
        this.#tickets.delete(guest)
        await rm(join(this.#waitingRoom, ticket), { force: true })
        return { release: () => rm(file, { force: true }) }
      }
    }
    return undefined
  }

  get #waitingRoom(): string {
    return join(this.#options.directory, 'waiting')
  }

  /** Draws a ticket, or says that the one drawn before is still wanted. */
  async #ticketOf(guest: string): Promise<string> {
    const known = this.#tickets.get(guest)
    const ticket = known ?? `${String(Date.now()).padStart(15, '0')}-${guest}`
    this.#tickets.set(guest, ticket)
    await mkdir(this.#waitingRoom, { recursive: true })
    await writeFile(join(this.#waitingRoom, ticket), '')
    return ticket
  }
}

/** In the order in which they were drawn; old ones are thrown away. */
async function freshTickets(directory: string): Promise<string[]> {
  const names = (await readdir(directory)).toSorted()
  const fresh = await Promise.all(
    names.map(async (name) => {
      const file = join(directory, name)
      const asked = await stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      )
      if (Date.now() - asked < TICKET_FRESH_MS) return true
      await rm(file, { force: true })
      return false
    }),
  )
  return names.filter((_, index) => fresh[index])
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

async function isFree(file: string): Promise<boolean> {
  const present = await stat(file).then(
    () => true,
    () => false,
  )
  return !present || isStale(file)
}

async function isStale(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text !== undefined && !(await isAlive(JSON.parse(text) as ProcessIdentity))
}
