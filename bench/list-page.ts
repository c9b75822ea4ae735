/**
 * Measures the list of virtual machines in a real browser on a whole Virtdeck: time from opening
 * the page to its rows, bytes received for it, and what 100 changes a second elsewhere cost.
 *
 *   node bench/list-page.ts [--machines 1000,10000]
 */
import { parseArgs } from 'node:util'
import { chromium, type Page } from '@playwright/test'
import { KubernetesClient, RESOURCES } from '@virtdeck/kubernetes'
import { createTransport, loadKubeconfig } from '@virtdeck/kubernetes/node'
import { virtualMachine } from '../e2e/support/virtual-machine.ts'
import { removeDataDirectory, startVirtdeck, tokenOf } from '../e2e/support/virtdeck.ts'

const { values } = parseArgs({
  options: { machines: { type: 'string', default: '1000,10000' } },
})
const STEPS = values.machines.split(',').map(Number)
const NAMESPACE = 'default'
const CHANGES_PER_SECOND = 100
const CHANGE_SECONDS = 5

const nameAt = (index: number) => `bench-${String(index).padStart(6, '0')}`

const virtdeck = await startVirtdeck({ args: ['--simulated'] })
const kubeconfig = `${virtdeck.dataDirectory}/kubeconfig`
const cluster = new KubernetesClient(createTransport(await loadKubeconfig(kubeconfig)))
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
})

/** Creates the machines from one number to another, 32 at a time. */
async function create(from: number, to: number): Promise<void> {
  let next = from
  const worker = async () => {
    while (next < to) {
      const name = nameAt(next)
      next += 1
      const object = virtualMachine({ name, namespace: NAMESPACE })
      await cluster.create(RESOURCES.virtualMachines, object)
    }
  }
  await Promise.all(Array.from({ length: 32 }, worker))
}

/** Waits until the controllers have written the status of the last machine. */
async function settled(name: string): Promise<void> {
  for (;;) {
    const found = await cluster.get(RESOURCES.virtualMachines, { namespace: NAMESPACE, name })
    const { printableStatus } = (found.status ?? {}) as { printableStatus?: string }
    if (printableStatus === 'Stopped') return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function openPage(): Promise<{ page: Page; traffic: { bytes: number; frames: number } }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const token = await tokenOf('admin', virtdeck.dataDirectory)
  const headers = { origin: virtdeck.url }
  await context.request.post(`${virtdeck.url}/api/session`, { data: { token }, headers })
  const page = await context.newPage()
  const traffic = { bytes: 0, frames: 0 }
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      traffic.frames += 1
      traffic.bytes += Buffer.byteLength(payload)
    })
  })
  return { page, traffic }
}

/** Milliseconds from navigation to the first row on screen. */
async function open(page: Page): Promise<number> {
  const startedAt = performance.now()
  await page.goto(`${virtdeck.url}/virtual-machines?namespace=${NAMESPACE}`)
  await page.getByRole('link', { name: nameAt(0) }).waitFor()
  return performance.now() - startedAt
}

/** What the browser receives while machines that are not on the page change. */
async function disturb(count: number, traffic: { bytes: number; frames: number }) {
  const before = { ...traffic }
  const last = CHANGES_PER_SECOND * CHANGE_SECONDS
  for (let index = 0; index < last; index += 1) {
    const name = nameAt(count - 1 - index)
    const status = { ready: index % 2 === 0, printableStatus: 'Starting' }
    const target = { namespace: NAMESPACE, name }
    const options = { subresource: 'status' }
    void cluster.patch(RESOURCES.virtualMachines, target, { status }, options)
    await new Promise((resolve) => setTimeout(resolve, 1_000 / CHANGES_PER_SECOND))
  }
  return { frames: traffic.frames - before.frames, bytes: traffic.bytes - before.bytes }
}

try {
  const rows: Record<string, Record<string, string | number>> = {}
  let made = 0
  for (const count of STEPS) {
    await create(made, count)
    made = count
    await settled(nameAt(count - 1))
    const { page, traffic } = await openPage()
    // The first visit fills the browser's cache and warms the BFF.
    await open(page)
    await page.goto('about:blank')
    Object.assign(traffic, { bytes: 0, frames: 0 })
    const milliseconds = await open(page)
    const { bytes } = traffic
    const elsewhere = await disturb(count, traffic)
    rows[`${count} VMs`] = {
      'list drawn (ms)': Math.round(milliseconds),
      'live bytes of the page': bytes,
      'frames for 500 changes elsewhere': elsewhere.frames,
    }
    await page.context().close()
  }
  console.table(rows)
} finally {
  await browser.close()
  await virtdeck.stop()
  await removeDataDirectory(virtdeck.dataDirectory)
}
