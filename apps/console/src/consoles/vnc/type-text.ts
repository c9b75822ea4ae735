import type { KeyStroke } from './key-combinations.ts'

/** Between two characters (ms): guests drop keys that come faster than they are read. */
const PAUSE = 12

/** Types characters one after the other; what was typed before an abort stays typed. */
export async function typeCharacters(
  characters: readonly (readonly KeyStroke[])[],
  options: {
    send: (stroke: KeyStroke) => void
    onProgress: (typed: number) => void
    signal: AbortSignal
  },
): Promise<void> {
  const { send, onProgress, signal } = options
  for (const [index, strokes] of characters.entries()) {
    if (signal.aborted) return
    for (const stroke of strokes) send(stroke)
    onProgress(index + 1)
    await new Promise((resolve) => {
      setTimeout(resolve, PAUSE)
    })
  }
}
