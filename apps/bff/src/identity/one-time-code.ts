import { createHash, timingSafeEqual } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, unlink } from 'node:fs/promises'

/** The code that the start script prints; whoever has it may sign in once. */
export class OneTimeCode {
  readonly #file: string | undefined

  /** Without a file, codes are never accepted. */
  constructor(file: string | undefined) {
    this.#file = file
  }

  get available(): boolean {
    return this.#file !== undefined && existsSync(this.#file)
  }

  /** Whether the code is the right one; if so, it is used up. */
  async redeem(code: string): Promise<boolean> {
    if (this.#file === undefined) return false
    const expected = await readFile(this.#file, 'utf8').catch(() => '')
    if (expected.trim() === '' || !sameText(code, expected.trim())) return false
    // Of two requests at once, only the one that removes the file has redeemed the code.
    return unlink(this.#file).then(
      () => true,
      () => false,
    )
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Compares digests, so that the time taken tells neither content nor length. */
function sameText(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}
