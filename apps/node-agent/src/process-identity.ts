import { readFile } from 'node:fs/promises'

/** A process, told apart from a later one that got the same number. */
export interface ProcessIdentity {
  pid: number
  /** In clock ticks since boot. */
  startTime: string
}

/** The process with this number; undefined if it is gone or a zombie. */
export async function identityOf(pid: number): Promise<ProcessIdentity | undefined> {
  const fields = await statFields(pid)
  const [state] = fields ?? []
  const startTime = fields?.[19]
  if (startTime === undefined || state === 'Z' || state === 'X') return undefined
  return { pid, startTime }
}

export async function isAlive({ pid, startTime }: ProcessIdentity): Promise<boolean> {
  return (await identityOf(pid))?.startTime === startTime
}

/** The fields of /proc/PID/stat behind the name, which may contain spaces: state is the first. */
export async function statFields(pid: number): Promise<string[] | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')
}
