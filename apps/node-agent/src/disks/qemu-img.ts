import { runProgram } from '../run-program.ts'
import type { DiskFormat } from './image-store.ts'

export interface DiskImage {
  file: string
  format: DiskFormat
}

/** Makes a disk that has the content of `base` and keeps what is written to itself. */
export async function createOverlay(file: string, base: DiskImage): Promise<DiskImage> {
  const options = ['-q', '-f', 'qcow2', '-b', base.file, '-F', base.format]
  await runProgram('qemu-img', ['create', ...options, file])
  return { file, format: 'qcow2' }
}

/** Makes an empty disk that takes no space yet. */
export async function createBlank(file: string, bytes: number): Promise<DiskImage> {
  await runProgram('qemu-img', ['create', '-q', '-f', 'qcow2', file, String(bytes)])
  return { file, format: 'qcow2' }
}
