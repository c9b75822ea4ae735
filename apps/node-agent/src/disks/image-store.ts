import { randomUUID } from 'node:crypto'
import {
  copyFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'

/** In which `stat` counts. */
const BLOCK = 512

export type DiskFormat = 'raw' | 'qcow2'

/** A container disk in the store. */
export interface StoredImage {
  reference: string
  /** Where the disk lies; it never changes once it is there, so overlays may rest on it. */
  disk: string
  format: DiskFormat
  labels: Record<string, string>
}

/**
 * Container disks that this machine has, shared by its node agents:
 * `images/references/<reference>.json` names a file below `images/disks/`. Both are put in place
 * by a rename, so that an agent never sees half of one.
 */
export class ImageStore {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
  }

  async find(reference: string): Promise<StoredImage | undefined> {
    try {
      const text = await readFile(this.#referenceFile(reference), 'utf8')
      const image = JSON.parse(text) as StoredImage
      return { ...image, disk: join(this.#directory, image.disk) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }

  /** All images, with what their disks take. */
  async list(): Promise<{ reference: string; bytes: number }[]> {
    const names = await readdir(join(this.#directory, 'references')).catch(() => [])
    const images = await Promise.all(
      // Others are being written, or were left half-written.
      names
        .filter((name) => name.endsWith('.json'))
        .map((name) => this.find(decodeURIComponent(name.slice(0, -'.json'.length)))),
    )
    return Promise.all(
      images
        .filter((image) => image !== undefined)
        .map(async ({ reference, disk }) => {
          const { blocks } = await stat(disk).catch(() => ({ blocks: 0 }))
          return { reference, bytes: blocks * BLOCK }
        }),
    )
  }

  /** A new directory on the store's file system to prepare a disk in. */
  async workDirectory(): Promise<string> {
    const directory = join(this.#directory, 'work', randomUUID())
    await mkdir(directory, { recursive: true })
    return directory
  }

  /** Takes a disk into the store; replaces what the reference named before. */
  async add(image: StoredImage): Promise<StoredImage> {
    const id = randomUUID()
    const extension = image.format === 'raw' ? 'img' : 'qcow2'
    const disk = join('disks', id, `disk.${extension}`)
    const path = join(this.#directory, disk)
    await mkdir(join(this.#directory, 'disks', id), { recursive: true })
    await mkdir(join(this.#directory, 'references'), { recursive: true })
    await rename(image.disk, path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EXDEV') throw error
      await copyFile(image.disk, path)
      await rm(image.disk)
    })
    const file = this.#referenceFile(image.reference)
    const temporary = `${file}.${id}`
    await writeFile(temporary, `${JSON.stringify({ ...image, disk }, null, 2)}\n`)
    await rename(temporary, file)
    return { ...image, disk: path }
  }

  #referenceFile(reference: string): string {
    return join(this.#directory, 'references', `${encodeURIComponent(reference)}.json`)
  }
}
