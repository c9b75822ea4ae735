import { open, realpath, type FileHandle } from 'node:fs/promises'
import { join, sep } from 'node:path'

export interface TftpClient {
  /** Tells clients and their transfers apart. */
  key: string
  /** Sends from the given port of this server. */
  send: (fromPort: number, payload: Buffer) => void
}

/** Source: RFC 1350 with the options of RFC 2347, 2348 and 2349. */
export const TFTP_PORT = 69
const READ = 1
const DATA = 3
const ACKNOWLEDGE = 4
const FAILURE = 5
const OPTIONS = 6
const FILE_NOT_FOUND = 1
const ILLEGAL_OPERATION = 4
const DEFAULT_BLOCK = 512
/** What fits into one Ethernet frame. */
const LARGEST_BLOCK = 1_468
const FIRST_PORT = 49_152
const RETRY_MS = 1_000
const MOST_RETRIES = 5
const MOST_TRANSFERS = 64
const BLOCKS_AHEAD = 128

interface Transfer {
  client: TftpClient
  port: number
  file: FileHandle
  blockSize: number
  /** The block that was sent last and is to be acknowledged; 0 are the options. */
  block: number
  last: Buffer
  /** Some blocks of the file, and where in it they end: a read for each would take its time. */
  ahead: Buffer
  aheadEnd: number
  isLast: boolean
  timer: NodeJS.Timeout | undefined
  retries: number
}

/** Serves the files of one folder, read-only. */
export class TftpServer {
  readonly #root: string
  /** By client and port. */
  readonly #transfers = new Map<string, Transfer>()
  #nextPort = FIRST_PORT

  constructor(root: string) {
    this.#root = root
  }

  get transfers(): number {
    return this.#transfers.size
  }

  /** Handles a datagram to one of the server's ports. */
  async receive(client: TftpClient, toPort: number, payload: Buffer): Promise<void> {
    if (payload.length < 4) return
    const operation = payload.readUInt16BE(0)
    if (toPort === TFTP_PORT) {
      if (operation === READ) await this.#start(client, payload)
      else client.send(TFTP_PORT, failure(ILLEGAL_OPERATION, 'this server only reads'))
      return
    }
    const transfer = this.#transfers.get(keyOf({ client, port: toPort }))
    if (transfer === undefined) return
    if (operation === FAILURE) await this.#end(transfer)
    else if (operation === ACKNOWLEDGE) await this.#advance(transfer, payload.readUInt16BE(2))
  }

  async close(): Promise<void> {
    await Promise.all([...this.#transfers.values()].map((transfer) => this.#end(transfer)))
  }

  async #start(client: TftpClient, payload: Buffer): Promise<void> {
    const [name = '', , ...rest] = payload.toString('latin1', 2).split('\0')
    const port = this.#takePort()
    let file: FileHandle
    try {
      if (this.#transfers.size >= MOST_TRANSFERS) throw new Error('too many transfers')
      file = await open(await this.#find(name))
    } catch {
      client.send(port, failure(FILE_NOT_FOUND, `${name} cannot be read`))
      return
    }
    const wanted = new Map<string, string>()
    for (let index = 0; index + 1 < rest.length; index += 2) {
      wanted.set((rest[index] ?? '').toLowerCase(), rest[index + 1] ?? '')
    }
    const agreed: string[] = []
    const asked = Number(wanted.get('blksize'))
    const blockSize = asked >= 8 ? Math.min(asked, LARGEST_BLOCK) : DEFAULT_BLOCK
    if (asked >= 8) agreed.push('blksize', String(blockSize))
    if (wanted.has('tsize')) agreed.push('tsize', String((await file.stat()).size))
    const transfer: Transfer = {
      client,
      port,
      file,
      blockSize,
      block: 0,
      last: Buffer.alloc(0),
      ahead: Buffer.alloc(blockSize * BLOCKS_AHEAD),
      aheadEnd: 0,
      isLast: false,
      timer: undefined,
      retries: 0,
    }
    this.#transfers.set(keyOf(transfer), transfer)
    if (agreed.length === 0) await this.#advance(transfer, 0)
    else {
      const text = agreed.map((part) => `${part}\0`).join('')
      this.#send(transfer, Buffer.concat([head(OPTIONS), Buffer.from(text)]))
    }
  }

  /** The file's real path, which must be below the root. */
  async #find(name: string): Promise<string> {
    const root = await realpath(this.#root)
    const path = await realpath(join(root, name))
    if (!path.startsWith(root + sep)) throw new Error('outside')
    return path
  }

  async #advance(transfer: Transfer, acknowledged: number): Promise<void> {
    // Answering anything but the last block would double all that follows.
    if (acknowledged !== (transfer.block & 0xffff)) return
    if (transfer.isLast) {
      await this.#end(transfer)
      return
    }
    const { blockSize } = transfer
    const start = transfer.block * blockSize
    transfer.block += 1
    transfer.retries = 0
    if (start >= transfer.aheadEnd) await readAhead(transfer, start)
    if (!this.#transfers.has(keyOf(transfer))) return
    const offset = start % transfer.ahead.length
    const end = Math.min(offset + blockSize, offset + transfer.aheadEnd - start)
    const content = transfer.ahead.subarray(offset, Math.max(offset, end))
    transfer.isLast = content.length < blockSize
    this.#send(transfer, Buffer.concat([head(DATA, transfer.block), content]))
  }

  #send(transfer: Transfer, payload: Buffer): void {
    transfer.last = payload
    clearTimeout(transfer.timer)
    transfer.timer = setTimeout(() => {
      transfer.retries += 1
      if (transfer.retries > MOST_RETRIES) void this.#end(transfer)
      else this.#send(transfer, transfer.last)
    }, RETRY_MS)
    transfer.client.send(transfer.port, payload)
  }

  async #end(transfer: Transfer): Promise<void> {
    clearTimeout(transfer.timer)
    if (this.#transfers.delete(keyOf(transfer))) {
      await transfer.file.close()
    }
  }

  #takePort(): number {
    const port = this.#nextPort
    this.#nextPort = port === 65_535 ? FIRST_PORT : port + 1
    return port
  }
}

const keyOf = ({ client, port }: Pick<Transfer, 'client' | 'port'>): string =>
  `${client.key}/${port}`

async function readAhead(transfer: Transfer, start: number): Promise<void> {
  const { file, ahead } = transfer
  const read = file.read(ahead, 0, ahead.length, start)
  // What cannot be read any more ends the file here; clients know its size and notice.
  const { bytesRead } = await read.catch(() => ({ bytesRead: 0 }))
  transfer.aheadEnd = start + bytesRead
}

function head(operation: number, block?: number): Buffer {
  const bytes = Buffer.alloc(block === undefined ? 2 : 4)
  bytes.writeUInt16BE(operation, 0)
  if (block !== undefined) bytes.writeUInt16BE(block & 0xffff, 2)
  return bytes
}

function failure(code: number, message: string): Buffer {
  return Buffer.concat([head(FAILURE, code), Buffer.from(`${message}\0`)])
}
