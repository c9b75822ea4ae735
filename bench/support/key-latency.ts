import type { Page } from '@playwright/test'

/** Faster than most people type; work that lasts longer than this delays the next key. */
const PAUSE_MS = 90

export interface Latency {
  median: number
  p95: number
  worst: number
}

/**
 * Types a text into what has the focus. Each key counts from the press, as the browser stamped it
 * (waiting for a busy page counts too), until the frame that followed it is drawn.
 */
export async function typingLatency(page: Page, text: string): Promise<Latency> {
  await page.evaluate(listen)
  for (const letter of text) {
    await page.keyboard.press(letter === ' ' ? 'Space' : letter)
    await page.waitForTimeout(PAUSE_MS)
  }
  const measured = await page.evaluate(async (count) => {
    const { keyTimes = [] } = globalThis as { keyTimes?: number[] }
    while (keyTimes.length < count) await new Promise((resolve) => setTimeout(resolve, 20))
    return keyTimes
  }, text.length)
  const sorted = measured.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { median: at(0.5), p95: at(0.95), worst: at(1) }
}

/** Runs in the page. */
function listen(): void {
  const scope = globalThis as { keyTimes?: number[] }
  const isListening = scope.keyTimes !== undefined
  scope.keyTimes = []
  if (isListening) return
  const pressed = ({ timeStamp }: KeyboardEvent): void => {
    requestAnimationFrame(() => {
      // A message's turn comes when the frame is drawn.
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => {
        scope.keyTimes?.push(performance.now() - timeStamp)
        port1.close()
      })
      port1.start()
      port2.postMessage(undefined)
    })
  }
  addEventListener('keydown', pressed, { capture: true })
}
