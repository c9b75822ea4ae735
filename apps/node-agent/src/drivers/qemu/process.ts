import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identityOf, isAlive, type ProcessIdentity } from '../../process-identity.ts'
import { guestLogFiles } from '../../guest-logs.ts'
import type { GuestPlace } from '../driver.ts'
import { QEMU } from './probe.ts'

const NICENESS = 10
const IDENTITY_FILE = 'process.json'
/** An address of a UNIX socket has 108 bytes; `/monitor.sock` and the like need some. */
const LONGEST_SOCKET_DIRECTORY = 90

/** Where a guest's sockets are: with its files, or in /tmp if that path is too long. */
export function socketDirectory({ directory, uid }: GuestPlace): string {
  if (Buffer.byteLength(directory) <= LONGEST_SOCKET_DIRECTORY) return directory
  const hash = createHash('sha256').update(`${directory}\0${uid}`).digest('hex').slice(0, 16)
  return join(tmpdir(), `virtdeck-${hash}`)
}

export const socketPaths = (place: GuestPlace) => {
  const directory = socketDirectory(place)
  return {
    monitor: join(directory, 'monitor.sock'),
    serial: join(directory, 'serial.sock'),
    vnc: join(directory, 'vnc.sock'),
    agent: join(directory, 'agent.sock'),
    tpm: join(directory, 'tpm.sock'),
  }
}

/** Where the frames of a guest's interface on a bridge come out. */
export const interfaceSocket = (place: GuestPlace, nic: number): string =>
  join(socketDirectory(place), `net${nic}.sock`)

export const hypervisorLog = ({ directory }: GuestPlace): string =>
  guestLogFiles(directory).hypervisor

export interface StartedProcess extends ProcessIdentity {
  /** Resolves when it has ended, with what it last said. */
  ended: Promise<string>
}

/**
 * Starts QEMU in a session of its own, so that it outlives this process, and notes who it is.
 */
export async function startQemu(place: GuestPlace, args: string[]): Promise<StartedProcess> {
  await mkdir(socketDirectory(place), { recursive: true, mode: 0o700 })
  const log = hypervisorLog(place)
  const output = openSync(log, 'w', 0o600)
  // Guests are the ones that wait when there is too much to do: whoever manages them must not. A
  // lower priority for the disk comes with it.
  const child = spawn('nice', ['-n', String(NICENESS), QEMU, ...args], {
    cwd: place.directory,
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  const lastWords = async () => (await readFile(log, 'utf8').catch(() => '')).trim()
  const ended = new Promise<string>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => void lastWords().then(resolve))
  })
  // Who waits for the end sees the failure; nobody else must.
  ended.catch(() => undefined)
  const { pid } = child
  if (pid === undefined) throw new Error(`${QEMU} cannot be started: ${await failureOf(ended)}`)
  child.unref()
  const identity = await identityOf(pid)
  if (identity === undefined) throw new Error(`${QEMU} ended at once: ${await ended}`)
  await writeFile(join(place.directory, IDENTITY_FILE), JSON.stringify(identity))
  return { ...identity, ended }
}

async function failureOf(promise: Promise<string>): Promise<string> {
  return promise.catch((error: Error) => error.message)
}

/** The guest's QEMU process if it still runs. */
export async function findQemu(place: GuestPlace): Promise<ProcessIdentity | undefined> {
  try {
    const text = await readFile(join(place.directory, IDENTITY_FILE), 'utf8')
    const identity = JSON.parse(text) as ProcessIdentity
    return (await isQemuOf(identity, place)) ? identity : undefined
  } catch {
    return undefined
  }
}

/** The guest's directory, which is named by its UID, is among QEMU's arguments. */
async function isQemuOf(identity: ProcessIdentity, { uid }: GuestPlace): Promise<boolean> {
  if (!(await isAlive(identity))) return false
  const commandLine = await readFile(`/proc/${identity.pid}/cmdline`, 'utf8').catch(() => '')
  return commandLine.includes(uid)
}

/** Kills the process unless its number belongs to another one by now. */
export async function killQemu(identity: ProcessIdentity, place: GuestPlace): Promise<void> {
  if (!(await isQemuOf(identity, place))) return
  try {
    process.kill(identity.pid, 'SIGKILL')
  } catch {
    // It ended by itself in this moment.
  }
}

/** Removes what a guest left in /tmp; its own directory goes as a whole. */
export async function removeSockets(place: GuestPlace): Promise<void> {
  const directory = socketDirectory(place)
  if (directory !== place.directory) await rm(directory, { recursive: true, force: true })
  else for (const path of Object.values(socketPaths(place))) await rm(path, { force: true })
}
