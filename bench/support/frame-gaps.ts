import type { Page } from '@playwright/test'

export interface FrameGaps {
  /** The longest time between two frames: how long the page stood still (ms). */
  longest: number
  /** The usual time between two frames (ms). */
  median: number
}

/** Notes every frame of the page until `frameGaps` is asked for. */
export const watchFrames = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const scope = globalThis as { frameTimes?: number[] }
    const isWatching = scope.frameTimes !== undefined
    scope.frameTimes = [performance.now()]
    if (isWatching) return
    const note = (): void => {
      scope.frameTimes?.push(performance.now())
      requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
  })

/** What the frames since `watchFrames` were apart. */
export async function frameGaps(page: Page): Promise<FrameGaps> {
  const times = await page.evaluate(() => {
    const { frameTimes = [] } = globalThis as { frameTimes?: number[] }
    return [...frameTimes, performance.now()]
  })
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time))
  const sorted = gaps.toSorted((a, b) => a - b)
  return { longest: sorted.at(-1) ?? 0, median: sorted[Math.floor(sorted.length / 2)] ?? 0 }
}
