import { spawn } from 'node:child_process'
import type { ImageFormat } from './image-format.ts'

/** A tool that cannot do its work; the message is its own. */
export class QemuImgError extends Error {}

function run(
  args: string[],
  onOutput?: (text: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('qemu-img', args, { stdio: ['ignore', 'pipe', 'pipe'], signal })
    let output = ''
    let errors = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      onOutput?.(chunk.toString())
    })
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.on('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT'
      reject(missing ? new QemuImgError('qemu-img is not installed') : error)
    })
    child.on('close', (code) => {
      if (code === 0) resolve(output)
      else reject(new QemuImgError(errors.trim().replace(/^qemu-img: /, '') || `exit ${code}`))
    })
  })
}

/** The size in bytes that a guest would see. */
export async function virtualSizeOf(file: string, format: ImageFormat): Promise<number> {
  const output = await run(['info', '--output=json', '-f', format, file])
  const info = JSON.parse(output) as {
    'virtual-size': number
    'backing-filename'?: string
    'format-specific'?: { data?: { 'data-file'?: string } }
  }
  // Either would let an image read any file of the host.
  if (info['format-specific']?.data?.['data-file'] !== undefined) {
    throw new QemuImgError('image has an external data file')
  }
  if (info['backing-filename'] !== undefined) {
    throw new QemuImgError(`image has a backing file: ${info['backing-filename']}`)
  }
  return info['virtual-size']
}

/** Converts to a sparse raw file; `onProgress` gets 0 to 1. */
export async function convertToRaw(options: {
  source: string
  format: ImageFormat
  target: string
  onProgress?: (fraction: number) => void
  signal?: AbortSignal
}): Promise<void> {
  const { source, format, target, onProgress, signal } = options
  const report = (text: string) => {
    const percent = /\((\d+\.\d+)\/100%\)/.exec(text)?.[1]
    if (percent !== undefined) onProgress?.(Number(percent) / 100)
  }
  await run(['convert', '-p', '-f', format, '-O', 'raw', source, target], report, signal)
}
