import { statfsSync } from 'node:fs'
import { PlainError } from './say.mjs'

const NEEDED_MEGABYTES = 1024

/** Refuses to begin on a disk where guests and their disks would soon find no room. */
export function requireSpace(directory, readSpace = statfsSync) {
  const { bavail, bsize } = readSpace(directory)
  const free = Math.floor((bavail * bsize) / 1024 ** 2)
  if (free >= NEEDED_MEGABYTES) return
  throw new PlainError(
    `The disk of ${directory} is full: ${free} MB are free, ${NEEDED_MEGABYTES} MB are needed.`,
  )
}
