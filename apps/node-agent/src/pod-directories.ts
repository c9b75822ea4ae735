import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { GuestDirectories } from './guest-record.ts'
import { CREATED_BY_LABEL } from './pods.ts'

/** Where commands run in a pod find themselves. */
export class PodDirectories {
  readonly #root: string
  readonly #guests: GuestDirectories

  constructor(root: string, guests: GuestDirectories) {
    this.#root = root
    this.#guests = guests
  }

  /** A launcher's is its guest's; undefined if that is gone. Another pod's is made when needed. */
  async open(pod: Pod): Promise<string | undefined> {
    const guest = pod.metadata?.labels?.[CREATED_BY_LABEL]
    if (guest !== undefined) {
      const directory = this.#guests.pathOf(guest)
      return existsSync(directory) ? directory : undefined
    }
    const directory = this.#pathOf(pod)
    await mkdir(directory, { recursive: true, mode: 0o700 })
    return directory
  }

  async remove(pod: Pod): Promise<void> {
    await rm(this.#pathOf(pod), { recursive: true, force: true })
  }

  #pathOf({ metadata }: Pod): string {
    // A UID becomes a path: only what looks like one may.
    if (!/^[\w-]+$/.test(metadata?.uid ?? '')) throw new Error('a pod without a UID')
    return join(this.#root, metadata?.uid ?? '')
  }
}
