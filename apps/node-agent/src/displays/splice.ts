import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * Joins two streams in both directions until either ends; each waits for the other when it is
 * slow. Broken connections are how consoles normally end: no error.
 */
export async function splice(left: Duplex, right: Duplex): Promise<void> {
  const both = [pipeline(left, right), pipeline(right, left)]
  await Promise.race(both.map((one) => one.catch(() => undefined)))
  left.destroy()
  right.destroy()
  await Promise.allSettled(both)
}
