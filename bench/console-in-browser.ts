/**
 * Measures consoles as somebody at the browser has them, on a real QEMU guest: from a key to the
 * changed pixel, against a client at the hypervisor's own socket; and a serial console that is
 * flooded, whether a byte is missing and how long the page stood still.
 *
 *   node bench/console-in-browser.ts [--keys 40] [--megabytes 50]
 */
import { parseArgs } from 'node:util'
import type { Page } from '@playwright/test'
import {
  expectConsoleState,
  expectSerialText,
  openSerialConsole,
  vncScreen,
} from '../e2e/support/consoles.ts'
import { removeDataDirectory, startVirtdeck } from '../e2e/support/virtdeck.ts'
import { launchBrowser, openPage } from './support/browser.ts'
import { frameGaps, watchFrames } from './support/frame-gaps.ts'
import { median } from './support/median.ts'
import { pixelLatencies, TYPING_PAUSE_MS } from './support/pixel-latency.ts'
import { RfbClient } from './support/rfb-client.ts'
import { runGuest } from './support/run-guest.ts'

const { values } = parseArgs({
  options: {
    keys: { type: 'string', default: '40' },
    megabytes: { type: 'string', default: '50' },
  },
})
const KEYS = Number(values.keys)
const TARGET = { namespace: 'default', name: 'bench-console' }
const REST_MS = 3_000
const LONGEST_WAIT_MS = 1_800_000
/** A line of the flood; the guest's terminal ends it with two bytes. */
const LINE =
  'a line of the flood that is as long as programs like to write them, with no byte missing'
const LINES = Math.ceil((Number(values.megabytes) * 1_000_000) / (LINE.length + 2))
/** What clears the screen and hides the cursor, whose blinking would be a change as well. */
const CALM = String.raw`printf '\033[?25l\033[2J\033[H'`

/** Logs in on the screen, where there is no text to wait for. */
async function calmScreen(page: Page): Promise<void> {
  await page.goto(`/virtual-machines/${TARGET.namespace}/${TARGET.name}/consoles`)
  await expectConsoleState(page, 'Connected')
  await vncScreen(page).click()
  await page.waitForTimeout(REST_MS)
  for (const text of ['root', CALM]) {
    await page.keyboard.type(text, { delay: 50 })
    await page.keyboard.press('Enter')
    await page.waitForTimeout(REST_MS)
  }
}

async function directLatencies(socket: string): Promise<number[]> {
  const client = await RfbClient.connect(socket)
  await client.wholePicture()
  const times: number[] = []
  const x = 0x78
  for (let pressed = 0; pressed < KEYS; pressed += 1) {
    await client.watch(TYPING_PAUSE_MS)
    const begun = performance.now()
    await client.press(x)
    times.push(performance.now() - begun)
  }
  client.close()
  return times
}

async function keyToPixel(page: Page, socket: string): Promise<Record<string, number>> {
  await calmScreen(page)
  const browser = await pixelLatencies(page, KEYS)
  await page.getByRole('button', { name: 'Disconnect', exact: true }).click()
  const direct = await directLatencies(socket)
  if (browser.length < KEYS) console.log(`${KEYS - browser.length} keys changed no pixel`)
  const [inBrowser, atSocket] = [median(browser), median(direct)]
  return {
    'in the browser, median (ms)': Math.round(inBrowser),
    'at the hypervisor, median (ms)': Math.round(atSocket),
    'added (ms)': Math.round(inBrowser - atSocket),
    ratio: Number((inBrowser / atSocket).toFixed(2)),
  }
}

/** Counts whole lines of the flood among the bytes that the page's socket receives. */
function countLines(page: Page): { whole: number } {
  const counted = { whole: 0 }
  let rest = ''
  page.on('websocket', (socket) => {
    if (!socket.url().includes('/serial')) return
    socket.on('framereceived', ({ payload }) => {
      const lines = (rest + Buffer.from(payload).toString('latin1')).split('\r\n')
      rest = lines.pop() ?? ''
      counted.whole += lines.filter((line) => line === LINE).length
    })
  })
  return counted
}

async function serialFlood(page: Page): Promise<Record<string, number>> {
  const counted = countLines(page)
  await openSerialConsole(page, TARGET)
  await watchFrames(page)
  await page.waitForTimeout(REST_MS)
  const rest = await frameGaps(page)
  const command = `yes '${LINE}' | head -n ${LINES}; echo flood-$((6 * 7))`
  await page.keyboard.type(`${command}\n`)
  await watchFrames(page)
  const begun = performance.now()
  await expectSerialText(page, 'flood-42', { timeout: LONGEST_WAIT_MS })
  const seconds = (performance.now() - begun) / 1_000
  const busy = await frameGaps(page)
  return {
    'bytes (MB)': Math.round((LINES * (LINE.length + 2)) / 1_000_000),
    'lines missing': LINES - counted.whole,
    'seconds, as fast as the guest writes': Math.round(seconds),
    'longest standstill (ms)': Math.round(busy.longest),
    'at rest (ms)': Math.round(rest.longest),
    ratio: Number((busy.longest / rest.longest).toFixed(1)),
  }
}

const virtdeck = await startVirtdeck()
const browser = await launchBrowser()
try {
  const { url, dataDirectory } = virtdeck
  const { vncSocket } = await runGuest(dataDirectory, TARGET)
  const keys = await openPage(browser, { url, dataDirectory })
  console.table(await keyToPixel(keys, vncSocket))
  await keys.context().close()
  console.table(await serialFlood(await openPage(browser, { url, dataDirectory })))
} finally {
  await browser.close()
  await virtdeck.stop()
  await removeDataDirectory(virtdeck.dataDirectory)
}
