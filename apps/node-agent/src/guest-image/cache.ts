import { constants } from 'node:fs'
import { copyFile, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/** A guest that was built before, for another data directory. */
export interface BuiltGuest {
  disk: string
  /** Names and versions of the packages that it is made of. */
  packages: string
  /** Directory with the files for networks with a boot server. */
  netboot: string
}

/**
 * Sample guests that were built on this machine since it started, by the hash of their sources:
 * downloading and packing takes half a minute, and every new data directory needs one.
 */
const ROOT = join(tmpdir(), `virtdeck-sample-guest-${userInfo().username}`)

export async function findBuilt(sources: string): Promise<BuiltGuest | undefined> {
  const directory = join(ROOT, sources)
  try {
    // Nobody else may put something there for this user to run.
    if ((await stat(ROOT)).uid !== userInfo().uid) return undefined
    const packages = await readFile(join(directory, 'packages'), 'utf8')
    return { disk: join(directory, 'disk'), packages, netboot: join(directory, 'netboot') }
  } catch {
    return undefined
  }
}

export async function keepBuilt(sources: string, guest: BuiltGuest): Promise<void> {
  const draft = join(ROOT, `${sources}.${process.pid}`)
  try {
    await mkdir(ROOT, { recursive: true, mode: 0o700 })
    await mkdir(draft)
    await copyFile(guest.disk, join(draft, 'disk'), constants.COPYFILE_FICLONE)
    await cp(guest.netboot, join(draft, 'netboot'), { recursive: true })
    await writeFile(join(draft, 'packages'), guest.packages)
    await rename(draft, join(ROOT, sources))
  } catch {
    // Somebody else was quicker, or the disk is full: it is built again then.
    await rm(draft, { recursive: true, force: true })
  }
}
