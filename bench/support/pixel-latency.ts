import type { Page } from '@playwright/test'

/** As people type; after a longer pause QEMU looks at the picture less often. */
export const TYPING_PAUSE_MS = 150

/**
 * Presses a key so many times. Each counts from the press, as the browser stamped it, until the
 * first frame in which the page's canvas is another one (ms).
 */
export async function pixelLatencies(page: Page, count: number): Promise<number[]> {
  await page.evaluate(listen)
  for (let pressed = 0; pressed < count; pressed += 1) {
    await page.keyboard.press('x')
    await page.waitForTimeout(TYPING_PAUSE_MS)
  }
  return page.evaluate(() => (globalThis as { pixelTimes?: number[] }).pixelTimes ?? [])
}

/** Runs in the page. */
function listen(): void {
  const times: number[] = []
  Object.assign(globalThis, { pixelTimes: times })
  const canvas = document.querySelector('canvas')
  const context = canvas?.getContext('2d')
  if (!canvas || !context) throw new Error('the page has no canvas to look at')
  const picture = () =>
    new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer)
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      const before = picture()
      const look = (): void => {
        const now = picture()
        if (now.some((pixel, index) => pixel !== before[index])) {
          times.push(performance.now() - timeStamp)
        } else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    },
    { capture: true },
  )
}
