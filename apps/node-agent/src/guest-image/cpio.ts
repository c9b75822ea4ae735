/** An entry of a cpio archive. */
export interface CpioEntry {
  /** Path without a leading slash. */
  name: string
  /** File type and permissions, as in `stat`. */
  mode: number
  content?: Buffer
  /** Major and minor number of a device node. */
  device?: [number, number]
}

export const DIRECTORY = 0o040_755
export const REGULAR_FILE = 0o100_644
export const EXECUTABLE_FILE = 0o100_755
export const CHARACTER_DEVICE = 0o020_600

/**
 * Writes the "newc" archive that Linux reads as initramfs. Written here instead of calling cpio
 * because device nodes can then be packed without being root, and the result is reproducible.
 */
export function writeCpio(entries: CpioEntry[]): Buffer {
  const parts: Buffer[] = []
  const add = (entry: CpioEntry, inode: number) => {
    const name = Buffer.from(`${entry.name}\0`)
    const content = entry.content ?? Buffer.alloc(0)
    const [major, minor] = entry.device ?? [0, 0]
    const fields = [
      inode,
      entry.mode,
      0, // uid
      0, // gid
      1, // links
      0, // modification time
      content.length,
      0, // device of the file, major
      0, // device of the file, minor
      major,
      minor,
      name.length,
      0, // checksum, not used by this format
    ]
    const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`
    parts.push(padded(Buffer.concat([Buffer.from(header), name])), padded(content))
  }
  entries.forEach((entry, index) => add(entry, index + 1))
  add({ name: 'TRAILER!!!', mode: 0 }, 0)
  return Buffer.concat(parts)
}

function padded(buffer: Buffer): Buffer {
  const missing = (4 - (buffer.length % 4)) % 4
  return missing === 0 ? buffer : Buffer.concat([buffer, Buffer.alloc(missing)])
}
