import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { GuestInterface } from '../guest-spec.ts'

/** Tells the next agent what the interfaces of a running guest are plugged into. */
const fileIn = (directory: string): string => join(directory, 'interfaces.json')

export async function writeInterfaces(
  directory: string,
  interfaces: readonly GuestInterface[],
): Promise<void> {
  await writeFile(fileIn(directory), JSON.stringify(interfaces))
}

/** Empty for guests without the file. */
export async function readInterfaces(directory: string): Promise<GuestInterface[]> {
  try {
    return JSON.parse(await readFile(fileIn(directory), 'utf8')) as GuestInterface[]
  } catch {
    return []
  }
}
