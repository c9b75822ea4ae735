/**
 * Measures the Logs tab in a real browser: 100 MB come as fast as they can, and another log is
 * followed while it grows by 10,000 lines a second. Says how long the page stood still, as a
 * multiple of the same page at rest, and whether a line is missing.
 *
 *   node bench/logs.ts [--megabytes 100] [--rate 10000] [--seconds 20]
 */
import { appendFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from '@playwright/test'
import { KubernetesClient, RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import { createTransport, loadKubeconfig } from '@virtdeck/kubernetes/node'
import { runVirtualMachine } from '../e2e/support/virtual-machine.ts'
import { removeDataDirectory, startVirtdeck } from '../e2e/support/virtdeck.ts'
import { launchBrowser, openPage } from './support/browser.ts'
import { frameGaps, watchFrames, type FrameGaps } from './support/frame-gaps.ts'

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '100' },
    rate: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '20' },
  },
})
const BYTES = Number(values.megabytes) * 1_000_000
const RATE = Number(values.rate)
const SECONDS = Number(values.seconds)
const NAMESPACE = 'default'
/** Lines that are written together. */
const STEP = 50_000
const TICK_MS = 20
const REST_MS = 3_000
/** What the page waits for is in sight after this or never. */
const LONGEST_WAIT_MS = 120_000

/** A line as programs print them, with its number. */
const line = (number: number): string =>
  `flood-${number} ${'some words that a program prints '.repeat(2)}\n`
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, index) => line(from + index)).join('')

interface Bench {
  browser: Browser
  cluster: KubernetesClient
  url: string
  dataDirectory: string
}

interface PlacedInstance extends KubernetesObject {
  status?: { nodeName?: string }
}

/** The file into which the hypervisor writes what the guest says on its serial console. */
async function serialLogOf({ cluster, dataDirectory }: Bench, name: string): Promise<string> {
  const target = { namespace: NAMESPACE, name }
  const { metadata, status } = await cluster.get<PlacedInstance>(
    RESOURCES.virtualMachineInstances,
    target,
  )
  const guest = join('nodes', status?.nodeName ?? '', 'guests', metadata?.uid ?? '')
  return join(dataDirectory, guest, 'serial.log')
}

/** Runs a VM and follows what its guest writes. */
async function followLog(bench: Bench, name: string): Promise<{ page: Page; file: string }> {
  await runVirtualMachine(bench.cluster, { namespace: NAMESPACE, name })
  const page = await openPage(bench.browser, bench)
  await page.goto(`/virtual-machines/${NAMESPACE}/${name}/logs`)
  await page.getByLabel('Container', { exact: true }).selectOption('guest-console-log')
  // Booted, it is silent: what comes then comes from here.
  await untilSeen(page, 'Log in as')
  return { page, file: await serialLogOf(bench, name) }
}

const untilSeen = (page: Page, text: string): Promise<void> =>
  page.getByRole('log').getByText(text).first().waitFor({ timeout: LONGEST_WAIT_MS })

/** How many lines the page says it has. */
async function linesIn(page: Page): Promise<number> {
  const text = await page.getByText(/^[\d,]+ lines$/).textContent()
  return Number(text?.replaceAll(/\D/g, ''))
}

/** The longest standstill of a page that has nothing to do. */
async function atRest(page: Page): Promise<FrameGaps> {
  await watchFrames(page)
  await page.waitForTimeout(REST_MS)
  return frameGaps(page)
}

const heapOf = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { memory } = performance as { memory?: { usedJSHeapSize: number } }
    return Math.round((memory?.usedJSHeapSize ?? 0) / 1_000_000)
  })

const compared = (busy: FrameGaps, rest: FrameGaps) => ({
  'longest standstill (ms)': Math.round(busy.longest),
  'at rest (ms)': Math.round(rest.longest),
  ratio: Number((busy.longest / rest.longest).toFixed(1)),
})

async function receiveAtOnce(bench: Bench): Promise<Record<string, number>> {
  const { page, file } = await followLog(bench, 'bench-large')
  const count = Math.ceil(BYTES / line(0).length)
  await watchFrames(page)
  const begun = performance.now()
  for (let from = 0; from < count; from += STEP) {
    await appendFile(file, lines(from, Math.min(count, from + STEP)))
  }
  await untilSeen(page, `flood-${count - 1} `)
  const seconds = (performance.now() - begun) / 1_000
  const busy = await frameGaps(page)
  const row = {
    'bytes (MB)': Math.round((await stat(file)).size / 1_000_000),
    'lines written': count,
    'lines kept by the page': await linesIn(page),
    'until its end is in sight (s)': Number(seconds.toFixed(1)),
    ...compared(busy, await atRest(page)),
    'heap of the page (MB)': await heapOf(page),
  }
  await page.context().close()
  return row
}

async function followFastLog(bench: Bench): Promise<Record<string, number>> {
  const { page, file } = await followLog(bench, 'bench-fast')
  await watchFrames(page)
  const count = RATE * SECONDS
  const begun = performance.now()
  for (let written = 0; written < count;) {
    const due = Math.min(count, Math.floor(((performance.now() - begun) / 1_000) * RATE))
    if (due > written) await appendFile(file, lines(written, due))
    written = due
    await new Promise((done) => setTimeout(done, TICK_MS))
  }
  const written = performance.now()
  await untilSeen(page, `flood-${count - 1} `)
  const behind = (performance.now() - written) / 1_000
  const busy = await frameGaps(page)
  const rest = await atRest(page)
  await page.getByLabel('Search in the log').first().fill('flood-')
  const found = page.getByText(/\d results$/)
  await found.waitFor()
  let results = 0
  // It counts while it searches.
  for (let before = -1; before !== results || results === 0;) {
    before = results
    await page.waitForTimeout(1_000)
    results = Number((await found.textContent())?.replaceAll(/\D/g, ''))
  }
  const row = {
    'lines a second': RATE,
    'lines written': count,
    'lines missing': count - results,
    'behind at the end (s)': Number(behind.toFixed(1)),
    ...compared(busy, rest),
    'heap of the page (MB)': await heapOf(page),
  }
  await page.context().close()
  return row
}

const virtdeck = await startVirtdeck()
const browser = await launchBrowser(['--enable-precise-memory-info'])
try {
  const { url, dataDirectory } = virtdeck
  const kubeconfig = await loadKubeconfig(join(dataDirectory, 'kubeconfig'))
  const cluster = new KubernetesClient(createTransport(kubeconfig))
  const bench = { browser, cluster, url, dataDirectory }
  console.table(await receiveAtOnce(bench))
  console.table(await followFastLog(bench))
} finally {
  await browser.close()
  await virtdeck.stop()
  await removeDataDirectory(virtdeck.dataDirectory)
}
