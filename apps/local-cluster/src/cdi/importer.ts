import { createWriteStream } from 'node:fs'
import { open, rename, rm, stat, truncate } from 'node:fs/promises'
import { Duplex, Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { spawn } from 'node:child_process'
import { request, type Dispatcher } from 'undici'
import {
  compressionOf,
  HEADER_BYTES,
  imageFormatOf,
  isText,
  type Compression,
} from './image-format.ts'
import { convertToRaw, virtualSizeOf } from './qemu-img.ts'

/** An import that failed for a reason that the user can act upon, in CDI's words. */
export class ImportError extends Error {}

export interface HttpImport {
  url: string
  /** Where the disk's raw bytes go; appears only when they are complete. */
  target: string
  /** The volume's size in bytes; the disk is grown to it. */
  size: number
  headers?: Record<string, string>
  dispatcher?: Dispatcher
  /** From 0 to 1. */
  onProgress: (fraction: number) => void
  signal: AbortSignal
}

/** The download takes most of the time; what is left of the bar is the conversion. */
const DOWNLOAD_SHARE = 0.9

/**
 * Downloads a disk image over HTTP and leaves it as a raw disk of the volume's size. Takes raw,
 * ISO, qcow2, VMDK, VDI, VHD and VHDX, plain or compressed with gzip or xz.
 */
export async function importOverHttp(options: HttpImport): Promise<void> {
  const { target, size, onProgress, signal } = options
  const download = `${target}.download`
  const converted = `${target}.converted`
  try {
    await downloadTo(download, options)
    const header = await headerOf(download)
    if (header.length === 0) {
      throw new ImportError('Unable to process data: the source is empty')
    }
    if (isText(header)) {
      throw new ImportError('Unable to process data: the source is a text, not a disk image')
    }
    const format = imageFormatOf(header)
    if (format === 'raw') {
      await fits((await stat(download)).size, size)
      await truncate(download, size)
      await rename(download, target)
    } else {
      await fits(await virtualSizeOf(download, format), size)
      await convertToRaw({
        source: download,
        format,
        target: converted,
        signal,
        onProgress: (fraction) => onProgress(DOWNLOAD_SHARE + (1 - DOWNLOAD_SHARE) * fraction),
      })
      await truncate(converted, size)
      await rename(converted, target)
    }
  } finally {
    await Promise.all([rm(download, { force: true }), rm(converted, { force: true })])
  }
}

async function fits(needed: number, size: number): Promise<void> {
  if (needed > size) throw new ImportError('DataVolume too small to contain image')
}

async function downloadTo(file: string, options: HttpImport, redirects = 10): Promise<void> {
  const { url, headers, dispatcher, onProgress, signal } = options
  const response = await request(url, {
    signal,
    headers: { 'user-agent': 'cdi-importer', ...headers },
    ...(dispatcher && { dispatcher }),
  }).catch((error: unknown) => {
    throw new ImportError(`Unable to connect to http data source: ${explain(error)}`)
  })
  const { statusCode, body } = response
  if (
    statusCode >= 300 &&
    statusCode < 400 &&
    typeof response.headers['location'] === 'string'
  ) {
    await body.dump()
    const next = new URL(response.headers['location'], url).href
    if (redirects === 0)
      throw new ImportError('Unable to connect to http data source: too many redirects')
    const forwarded = headersFor(next, url, headers)
    return downloadTo(file, { ...options, url: next, headers: forwarded }, redirects - 1)
  }
  if (statusCode !== 200) {
    await body.dump()
    throw new ImportError(
      `Unable to connect to http data source: expected status code 200, got ${statusCode}. Status: ${statusCode} ${response.statusText}`.trim(),
    )
  }
  const total = Number(response.headers['content-length'] ?? 0)
  let received = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length
      if (total > 0) onProgress((received / total) * DOWNLOAD_SHARE)
      done(null, chunk)
    },
  })
  // A stream that breaks off must break off the pipeline too.
  body.on('error', (error) => count.destroy(error))
  await decompressInto(file, { source: body.pipe(count), size: options.size, signal })
}

/** Credentials are for the server that they were given for. */
function headersFor(
  next: string,
  before: string,
  headers: Record<string, string> = {},
): Record<string, string> {
  if (new URL(next).origin === new URL(before).origin) return headers
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !['authorization', 'cookie'].includes(name.toLowerCase()),
    ),
  )
}

/** No image that fits its volume is much larger than it: what is must not fill the disk. */
function bounded(size: number): Transform {
  const most = size + 64 * 1024 * 1024
  let written = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      written += chunk.length
      if (written > most) done(new ImportError('DataVolume too small to contain image'))
      else done(null, chunk)
    },
  })
}

/** Looks at the first bytes to see how the stream is compressed, then writes it plain. */
async function decompressInto(
  file: string,
  { source, size, signal }: { source: Readable; size: number; signal: AbortSignal },
): Promise<void> {
  const iterator = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let head = Buffer.alloc(0)
  while (head.length < HEADER_BYTES) {
    const { value, done } = await iterator.next()
    if (done) break
    head = Buffer.concat([head, value])
  }
  const whole = Readable.from(
    (async function* () {
      yield head
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
        yield next.value
      }
    })(),
  )
  const disk = createWriteStream(file)
  const unpack = decompressorFor(compressionOf(head))
  const bound = bounded(size)
  await (unpack
    ? pipeline(whole, unpack, bound, disk, { signal })
    : pipeline(whole, bound, disk, { signal }))
}

function decompressorFor(compression: Compression): Duplex | undefined {
  switch (compression) {
    case 'none':
      return undefined
    case 'gz':
      return createGunzip()
    case 'xz':
      return throughProgram('xz', ['-dc'])
    default:
      return compression satisfies never
  }
}

/** A program as a stage of a pipeline. */
function throughProgram(program: string, args: string[]): Duplex {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] })
  const stage = Duplex.from({ readable: child.stdout, writable: child.stdin })
  child.on('error', () => stage.destroy(new ImportError(`${program} is not installed`)))
  child.on('close', (code) => {
    if (code !== 0) stage.destroy(new ImportError(`Unable to process data: ${program} failed`))
  })
  return stage
}

async function headerOf(file: string): Promise<Uint8Array> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(
      new Uint8Array(HEADER_BYTES),
      0,
      HEADER_BYTES,
    )
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** The innermost reason of a failed connection: `connect ECONNREFUSED 127.0.0.1:1`. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? explain(error.cause) : error.message
}
