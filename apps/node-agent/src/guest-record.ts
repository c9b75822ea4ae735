import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DriverName } from './drivers/driver.ts'

/** What the agent notes about a guest, for the next agent. */
export interface GuestRecord {
  uid: string
  namespace: string
  name: string
  driver: DriverName
  /** The agent stopped it because it stopped itself: it is to be started again. */
  stoppedByShutdown: boolean
}

const FILE = 'guest.json'

/** The guests' directories of one node: `<uid>/guest.json` beside disks, logs and sockets. */
export class GuestDirectories {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  pathOf(uid: string): string {
    // A UID becomes a path: only what looks like one may.
    if (!/^[\w-]+$/.test(uid)) throw new Error(`"${uid}" is no UID`)
    return join(this.#root, uid)
  }

  async list(): Promise<GuestRecord[]> {
    const names = await readdir(this.#root).catch(() => [])
    const records = await Promise.all(names.map((uid) => this.read(uid)))
    return records.filter((record) => record !== undefined)
  }

  async read(uid: string): Promise<GuestRecord | undefined> {
    try {
      return JSON.parse(await readFile(join(this.pathOf(uid), FILE), 'utf8')) as GuestRecord
    } catch {
      return undefined
    }
  }

  async write(record: GuestRecord): Promise<void> {
    const directory = this.pathOf(record.uid)
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const draft = join(directory, `${FILE}.new`)
    await writeFile(draft, JSON.stringify(record))
    await rename(draft, join(directory, FILE))
  }

  async remove(uid: string): Promise<void> {
    await rm(this.pathOf(uid), { recursive: true, force: true })
  }
}
