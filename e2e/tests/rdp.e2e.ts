import type { Page } from '@playwright/test'
import {
  expectConsoleState,
  logInOnSerial,
  runOnSerial,
  typeKeys,
} from '../support/consoles.ts'
import { pidOf } from '../support/kubernetes.ts'
import {
  missingForRdpServer,
  RDP_BACKGROUND,
  RDP_USER,
  startRdpServer,
  type RdpServer,
} from '../support/rdp-server.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { runVirtualMachine } from '../support/virtual-machine.ts'

/** The host as the guest sees it. */
const HOST = '10.0.2.1'

test.describe('Remote desktop', () => {
  const missing = missingForRdpServer()
  test.skip(missing.length > 0, `needs ${missing.join(', ')}`)

  test('F-43 RDP in the browser: certificate, sign-in, picture, keys and the end', async ({
    page,
    cluster,
    namespace,
  }) => {
    test.setTimeout(300_000)
    const servers: RdpServer[] = []
    try {
      const nla = await startRdpServer('nla')
      servers.push(nla)
      const tls = await startRdpServer('tls')
      servers.push(tls)
      await runVirtualMachine(cluster, { namespace, name: 'desktop' })
      await page.goto(`/virtual-machines/${namespace}/desktop/consoles`)
      await chooseConsole(page, 'Desktop Viewer')
      await expect(page.getByText('The guest is not known to run Windows.')).toBeVisible()
      await expectAccessible(page)
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Launch Remote Desktop' }).click()
      expect((await download).suggestedFilename()).toBe('console.rdp')

      await chooseConsole(page, 'RDP (in the browser)')
      await signIn(page, RDP_USER.password)
      // Nothing listens in the guest yet.
      await expect(page.getByText('The remote desktop cannot be reached')).toBeVisible({
        timeout: 30_000,
      })
      await expectAccessible(page)

      await relay(page, nla.port)
      await chooseConsole(page, 'RDP (in the browser)')
      await signIn(page, 'wrong')
      await expect(page.getByText("Is this the guest's certificate?")).toBeVisible({
        timeout: 30_000,
      })
      await expect(page.getByText('Network Level Authentication (NLA)')).toBeVisible()
      await expectAccessible(page)
      await page.getByRole('button', { name: 'Trust and connect' }).click()
      await expect(page.getByText('The guest refused the sign-in')).toBeVisible({
        timeout: 30_000,
      })

      await signIn(page, RDP_USER.password)
      await expectDesktop(page)
      const before = await fingerprint(page)
      const screen = page.frameLocator('iframe').locator('canvas')
      await screen.hover({ position: { x: 400, y: 400 } })
      await screen.click({ position: { x: 400, y: 400 } })
      await typeKeys(page, 'hello')
      await expect.poll(() => fingerprint(page)).not.toBe(before)

      await expectSameShapeAfterResize(page)

      // It is taken up again after a look at another tab.
      await page.getByRole('tab', { name: 'Overview' }).click()
      await expect(page.getByRole('heading', { name: 'Conditions' })).toBeVisible()
      await page.getByRole('tab', { name: 'Consoles' }).click()
      await expectDesktop(page)

      // What is lost comes back by itself, without the password.
      const guest = await page.context().newPage()
      await guest.goto(`/virtual-machines/${namespace}/desktop/consoles`)
      await stopRelay(guest)
      await expect(page.getByRole('heading', { name: 'Reconnecting' })).toBeVisible({
        timeout: 30_000,
      })
      await expectAccessible(page)
      await relay(guest, nla.port)
      await guest.close()
      await expectDesktop(page)
      process.kill(pidOf('console'), 'SIGKILL')
      await expect(page.getByRole('heading', { name: 'Reconnecting' })).toBeVisible({
        timeout: 30_000,
      })
      await expectDesktop(page)

      // A client that falls over is told, and a new frame is as good as ever.
      await fallOver(page)
      await expect(page.getByText('The remote desktop client fell over')).toBeVisible()
      await expectAccessible(page)
      await signIn(page, RDP_USER.password)
      await expectDesktop(page)

      // It goes on behind another console, unless it is to end before.
      const endsBefore = page.getByRole('checkbox', { name: 'Disconnect before switching' })
      await endsBefore.uncheck()
      await chooseConsole(page, 'Serial Console')
      await expectConsoleState(page, 'Connected')
      await chooseConsole(page, 'RDP (in the browser)')
      await expectDesktop(page)
      await endsBefore.check()
      await chooseConsole(page, 'Serial Console')
      await expectConsoleState(page, 'Connected')
      await chooseConsole(page, 'RDP (in the browser)')
      await signIn(page, RDP_USER.password)
      await expectDesktop(page)
      await page.getByRole('button', { name: 'Disconnect', exact: true }).click()
      await expect(page.getByText('You ended the session.')).toBeVisible()

      await relay(page, tls.port)
      await chooseConsole(page, 'RDP (in the browser)')
      await signIn(page, RDP_USER.password)
      // Another server has another certificate.
      await expect(page.getByText("The guest's certificate has changed")).toBeVisible({
        timeout: 30_000,
      })
      await page.getByRole('button', { name: 'Trust and connect' }).click()
      await expectDesktop(page)
      tls.stop()
      await expect(page.getByRole('heading', { name: 'Reconnecting' })).toBeVisible({
        timeout: 30_000,
      })
      const notice = page.locator('.virtdeck-console__notice')
      await notice.getByRole('button', { name: 'Disconnect' }).click()
      await expect(page.getByText('You ended the session.')).toBeVisible()

      await page.getByRole('tab', { name: 'Activity' }).click()
      await expect(
        page.getByText(/^admin opened: RDP \(in the browser\), \d+ times$/),
      ).toBeVisible()
    } finally {
      for (const server of servers) server.stop()
    }
  })
})

async function chooseConsole(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Console type/ }).click()
  await page.getByRole('option', { name }).click()
}

const LISTENS = "grep -q ':0D3D .* 0A ' /proc/net/tcp /proc/net/tcp6"
const STOP_RELAY = `killall nc; while ${LISTENS}; do :; done`

async function openSerial(page: Page): Promise<void> {
  await chooseConsole(page, 'Serial Console')
  await expectConsoleState(page, 'Connected')
  await logInOnSerial(page)
}

/** Makes the guest pass its port 3389 on to a server on this machine. */
async function relay(page: Page, port: number): Promise<void> {
  await openSerial(page)
  const start = `nc -ll -p 3389 -e nc ${HOST} ${port} & until ${LISTENS}; do :; done`
  await runOnSerial(page, `${STOP_RELAY}; ${start}; echo relay $((6 * 7))`, 'relay 42')
}

async function stopRelay(page: Page): Promise<void> {
  await openSerial(page)
  await runOnSerial(page, `${STOP_RELAY}; echo stopped $((6 * 7))`, 'stopped 42')
}

/** What IronRDP's panic looks like from outside: a trap of WebAssembly that nobody catches. */
async function fallOver(page: Page): Promise<void> {
  const frame = page.frames().find((each) => each.url().endsWith('/rdp.html'))
  await frame?.evaluate(() => {
    // A module whose function `f` has the one instruction `unreachable`.
    const bytes = [
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00],
      [0x03, 0x02, 0x01, 0x00, 0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00],
      [0x0a, 0x05, 0x01, 0x03, 0x00, 0x00, 0x0b],
    ].flat()
    const module = new WebAssembly.Module(new Uint8Array(bytes))
    const { f } = new WebAssembly.Instance(module).exports as { f: () => void }
    setTimeout(f)
  })
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'User name' }).fill(RDP_USER.userName)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
}

async function expectDesktop(page: Page): Promise<void> {
  await expect(page.getByText('Connected', { exact: true })).toBeVisible({ timeout: 30_000 })
  // 16 bits of colour are not exact.
  await expect
    .poll(
      async () => {
        const pixel = await cornerOf(page)
        return pixel.every(
          (value, index) => Math.abs(value - (RDP_BACKGROUND[index] ?? 0)) < 12,
        )
      },
      { timeout: 30_000 },
    )
    .toBe(true)
}

const canvasOf = (page: Page) => page.frameLocator('iframe').locator('canvas')

const cornerOf = (page: Page): Promise<number[]> =>
  canvasOf(page).evaluate((canvas) => {
    const context = (canvas as HTMLCanvasElement).getContext('2d')
    return [...(context?.getImageData(20, 20, 1, 1).data ?? [])].slice(0, 3)
  })

/** This server keeps its size, so the picture must not take on the shape of the window. */
async function expectSameShapeAfterResize(page: Page): Promise<void> {
  const size = page.viewportSize() ?? { width: 1280, height: 720 }
  const told = canvasOf(page).evaluate(
    () =>
      new Promise<void>((done) => {
        addEventListener('message', ({ data }: MessageEvent<{ type: string }>) => {
          if (data.type === 'resize') requestAnimationFrame(() => done())
        })
      }),
  )
  await page.setViewportSize({ width: 900, height: 900 })
  await told
  const distortion = await canvasOf(page).evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement
    return canvas.clientWidth / canvas.clientHeight / (width / height)
  })
  expect(distortion).toBeCloseTo(1, 1)
  await page.setViewportSize(size)
}

const fingerprint = (page: Page): Promise<string> =>
  canvasOf(page).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
