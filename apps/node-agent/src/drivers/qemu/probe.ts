import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn } from 'node:child_process'

export type Accelerator = 'kvm' | 'tcg'

export const QEMU = 'qemu-system-x86_64'

/** A boot sector that writes to port 0xf4, whereupon QEMU's isa-debug-exit ends with 33. */
const BOOT_SECTOR_CODE = [0xfa, 0xb0, 0x10, 0xe6, 0xf4, 0xf4, 0xeb, 0xfd]
const EXIT_CODE = 33
const PATIENCE_MS = 5_000

/**
 * Whether QEMU works here, and with which accelerator. `/dev/kvm` alone says nothing: it can be
 * there and hang, run real-mode code but not the firmware, or run the firmware at a crawl. So a
 * boot sector is booted through SeaBIOS with the CPU model that guests get, and KVM must not be
 * slower at it than TCG. The answer holds until the machine boots again.
 */
export async function probeAccelerator(
  cacheDirectory: string,
): Promise<Accelerator | undefined> {
  const boot = await bootId()
  const cache = join(cacheDirectory, 'accelerator.json')
  const cached = await readCache(cache)
  if (cached !== undefined && cached.boot === boot) {
    if (cached.accelerator !== null) return cached.accelerator
    // QEMU may have been installed since.
  }
  const accelerator = await probe()
  await mkdir(cacheDirectory, { recursive: true })
  await writeFile(cache, JSON.stringify({ boot, accelerator: accelerator ?? null }))
  return accelerator
}

interface Cached {
  boot: string
  accelerator: Accelerator | null
}

async function readCache(file: string): Promise<Cached | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Cached
  } catch {
    return undefined
  }
}

async function bootId(): Promise<string> {
  const file = '/proc/sys/kernel/random/boot_id'
  return (await readFile(file, 'utf8').catch(() => 'unknown')).trim()
}

async function probe(): Promise<Accelerator | undefined> {
  const directory = await mkdtemp(join(tmpdir(), 'virtdeck-probe-'))
  try {
    const disk = join(directory, 'boot.img')
    const sector = Buffer.alloc(512)
    Buffer.from(BOOT_SECTOR_CODE).copy(sector)
    sector.writeUInt16LE(0xaa55, 510)
    await writeFile(disk, sector)
    const emulated = await bootTime('tcg', disk)
    if (emulated === undefined) return undefined
    const hasKvm = await access('/dev/kvm').then(
      () => true,
      () => false,
    )
    const accelerated = hasKvm ? await bootTime('kvm', disk) : undefined
    return accelerated !== undefined && accelerated <= emulated * 2 ? 'kvm' : 'tcg'
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** Milliseconds until the boot sector ran; undefined if it did not. */
function bootTime(accelerator: Accelerator, disk: string): Promise<number | undefined> {
  const args = [
    ['-accel', accelerator, '-M', 'pc', '-m', '16', '-nodefaults', '-no-user-config'],
    accelerator === 'kvm' ? ['-cpu', 'host'] : [],
    ['-display', 'none', '-device', 'isa-debug-exit,iobase=0xf4,iosize=1'],
    ['-drive', `file=${disk.replaceAll(',', ',,')},format=raw,if=ide,snapshot=on`],
    ['-boot', 'c'],
  ].flat()
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const child = spawn(QEMU, args, { stdio: 'ignore' })
    // A hanging KVM does not listen to SIGTERM.
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
    child.on('error', () => {
      clearTimeout(timer)
      resolve(undefined)
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve(code === EXIT_CODE ? performance.now() - startedAt : undefined)
    })
  })
}
