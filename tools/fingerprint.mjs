import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const SKIPPED = new Set(['node_modules', 'dist', 'generated', '.git', '.virtdeck'])

/** Every file below the given files and folders, sorted, without what is built or installed. */
function filesBelow(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return []
  if (found.isFile()) return [path]
  return readdirSync(path)
    .filter((name) => !SKIPPED.has(name))
    .toSorted()
    .flatMap((name) => filesBelow(join(path, name)))
}

/** A hash over the content of files and folders. */
export function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(filesBelow)) {
    hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/** Runs `work` unless it succeeded before with the same fingerprint, noted in `stampFile`. */
export async function onceFor(stampFile, value, work) {
  let last = ''
  try {
    last = readFileSync(stampFile, 'utf8')
  } catch {
    // No stamp: the work was never done here.
  }
  if (last === value) return false
  await work()
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, value)
  return true
}
