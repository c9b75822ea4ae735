/**
 * Measures what a browser downloads before the list of virtual machines can be drawn: the
 * entry, the page's own chunk, one language, and everything that they import statically.
 * Reads the manifest of the last build of the console (`npm run bench` builds it first).
 *
 *   node bench/initial-javascript.ts
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

interface Chunk {
  file: string
  imports?: string[]
  css?: string[]
}

/** Issue limit for the list page, gzipped. */
const LIMIT_KILOBYTES = 400
const STARTING_POINTS = [
  'index.html',
  'src/pages/virtual-machines/VirtualMachinesPage.tsx',
  'src/locales/ja.ts',
]

const dist = resolve(import.meta.dirname, '../apps/console/dist')
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<
  string,
  Chunk
>

const scripts = new Set<string>()
const styles = new Set<string>()

function visit(key: string): void {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`the console's manifest has no ${key}`)
  if (scripts.has(chunk.file)) return
  scripts.add(chunk.file)
  for (const style of chunk.css ?? []) styles.add(style)
  for (const imported of chunk.imports ?? []) visit(imported)
}

const kilobytes = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0) /
  1000

for (const key of STARTING_POINTS) visit(key)
const size = kilobytes(scripts)
const largest = [...scripts]
  .map((file) => ({ file, size: kilobytes([file]) }))
  .toSorted((a, b) => b.size - a.size)
  .slice(0, 5)

console.log(
  `initial JavaScript of the list: ${size.toFixed(1)} kB gzipped in ${scripts.size} files`,
)
console.log(`initial styles of the list:     ${kilobytes(styles).toFixed(1)} kB gzipped`)
for (const { file, size: own } of largest)
  console.log(`  ${own.toFixed(1).padStart(6)} kB ${file}`)
console.log(`limit: ${LIMIT_KILOBYTES} kB: ${size <= LIMIT_KILOBYTES ? 'kept' : 'EXCEEDED'}`)
if (size > LIMIT_KILOBYTES) process.exitCode = 1
