import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { RESOURCES } from '@virtdeck/kubernetes'
import type { Page } from '@playwright/test'
import {
  expectConsoleState,
  expectSerialText,
  logInOnSerial,
  runOnSerial,
} from '../support/consoles.ts'
import { pidOf } from '../support/kubernetes.ts'
import { makeSshKey } from '../support/ssh-key.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { expectStatus, virtualMachine } from '../support/virtual-machine.ts'

const KEY = makeSshKey()
const USER = { userName: 'jane', password: 'S3cret!pass' }

test('F-45 SSH in the browser: host key, sign-in, commands, files and the end', async ({
  page,
  cluster,
  namespace,
}) => {
  test.setTimeout(240_000)
  await cluster.create(RESOURCES.virtualMachines, guestWithUser(namespace))
  await expectStatus(cluster, { namespace, name: 'shell' }, 'Running')
  await page.goto(`/virtual-machines/${namespace}/shell/consoles`)

  await test.step('a first sign-in asks for the host key', async () => {
    await waitForSsh(page)
    await chooseConsole(page, 'SSH (in the browser)')
    await expect(userName(page)).toHaveValue(USER.userName)
    await expectAccessible(page)
    await signIn(page, 'wrong')
    await expect(page.getByText("Is this the guest's host key?")).toBeVisible()
    await expect(page.getByText(/^SHA256:/)).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Trust and connect' }).click()
    await expect(page.getByText('The guest refused the sign-in')).toBeVisible()
  })

  await test.step('a command runs', async () => {
    await signIn(page, USER.password)
    await expectConsoleState(page, 'Connected')
    await expectSerialText(page, /\$\s*$/)
    await page.keyboard.type('echo $((6 * 7))-$(id -un)-$(stty size)\n')
    await expectSerialText(page, /^42-jane-[2-9]\d \d{2,3}$/m)
    await expectAccessible(page)
  })

  await test.step('files go to and fro', async () => {
    const content = randomBytes(3_000_000)
    await page.getByRole('button', { name: 'Files', exact: true }).click()
    await expect(page.getByRole('textbox', { name: 'Folder' })).toHaveValue('/home/jane')
    await upload(page, content)
    await expect(page.getByRole('button', { name: 'Download data.bin' })).toBeVisible()
    await expectAccessible(page)
    await terminal(page).focus()
    await page.keyboard.type('md5sum data.bin; ls\n')
    const digest = createHash('md5').update(content).digest('hex')
    await expectSerialText(page, `${digest}  data.bin`)
    // Nothing of the way there is left.
    await expectSerialText(page, /^data\.bin$/m)

    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download data.bin' }).click()
    const file = await (await download).path()
    expect(content.equals(await readFile(file))).toBe(true)

    await upload(page, Buffer.from('new'))
    await page.getByRole('button', { name: 'Replace' }).click()
    await terminal(page).focus()
    await page.keyboard.type('cat data.bin; echo " is $(wc -c <data.bin)"\n')
    await expectSerialText(page, 'new is 3')
  })

  await test.step('a Service opens it to other programs', async () => {
    const virtctl = 'virtctl ssh jane@vm/shell'
    await chooseAction(page, 'Expose SSH')
    const dialog = page.getByRole('dialog', { name: 'SSH to shell from outside' })
    await expect(dialog.getByText(virtctl)).toBeVisible()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Create Service' }).click()
    await expect(dialog.getByText('Service shell-ssh (NodePort)')).toBeVisible()
    const command = dialog.getByText(/^ssh -p 3\d{4} jane@/)
    const [, port, host] = /-p (\d+) jane@(.+)/.exec(await command.innerText()) ?? []
    expect(await greetingOf(Number(port), host)).toMatch(/^SSH-2\.0-dropbear/)
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Delete Service' }).click()
    await expect(dialog.getByText('Delete the Service shell-ssh?')).toBeVisible()
    await dialog.getByRole('button', { name: 'Delete Service' }).click()
    await expect(dialog.getByRole('button', { name: 'Create Service' })).toBeVisible()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await expect(dialog).toBeHidden()
  })

  await test.step('a lost shell is replaced, without the password', async () => {
    process.kill(pidOf('console'), 'SIGKILL')
    await expect(page.getByText('A new shell is asked for by itself')).toBeVisible()
    await expectAccessible(page)
    await expectConsoleState(page, 'Connected')
    await expect(page.getByText('This is a new shell')).toBeVisible()
    await page.keyboard.type('echo again $((6 * 7))\n')
    await expectSerialText(page, 'again 42')
    // What the one before had said is still there.
    await expectSerialText(page, 'new is 3')
  })

  await test.step('the exit code is told', async () => {
    await terminal(page).focus()
    await page.keyboard.type('exit 3\n')
    await expect(page.getByText('The shell has ended with exit code 3')).toBeVisible()
    await page.getByRole('button', { name: 'Sign in again' }).click()
    await expect(userName(page)).toBeVisible()
  })

  await test.step('another host key is not sent anything', async () => {
    await chooseConsole(page, 'Serial Console')
    await expectConsoleState(page, 'Connected')
    await logInOnSerial(page)
    await runOnSerial(page, 'rm -f /data/.dropbear/*; echo gone $((6 * 7))', 'gone 42')
    await chooseConsole(page, 'SSH (in the browser)')
    await signInWithKey(page, KEY.privateKey)
    await expect(page.getByText("The guest's host key has changed")).toBeVisible()
    await expect(page.getByText(/^SHA256:/)).toHaveCount(2)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Trust the new key and connect' }).click()
    await expectConsoleState(page, 'Connected')
  })

  await test.step('a guest that restarts gives another shell', async () => {
    const guest = await page.context().newPage()
    await guest.goto(`/virtual-machines/${namespace}/shell/consoles`)
    await chooseConsole(guest, 'Serial Console')
    await expectConsoleState(guest, 'Connected')
    await logInOnSerial(guest)
    await guest.keyboard.type('reboot\n')
    await expect(page.getByText('A new shell is asked for by itself')).toBeVisible()
    await guest.close()
    await expectConsoleState(page, 'Connected')
    await page.keyboard.type('clear; echo back $((6 * 7))\n')
    await expectSerialText(page, 'back 42')
  })

  await test.step('nothing listens', async () => {
    await page.getByRole('button', { name: 'Disconnect', exact: true }).click()
    await expect(page.getByText('You ended the session.')).toBeVisible()
    await chooseConsole(page, 'Serial Console')
    await logInOnSerial(page)
    const servers = 'grep -l bin/dropbear /proc/[0-9]*/cmdline | cut -d/ -f3'
    await runOnSerial(page, `clear; kill $(${servers}); echo none $((6 * 7))`, 'none 42')
    await chooseConsole(page, 'SSH (in the browser)')
    await signIn(page, USER.password)
    await expect(page.getByText('Nothing answers on port 22 of the guest')).toBeVisible()
  })
})

test('F-45 SSH without the right to forward ports', async ({
  cluster,
  namespace,
  asServiceAccount,
}) => {
  await cluster.create(RESOURCES.virtualMachines, virtualMachine({ namespace, name: 'closed' }))
  const page = await asServiceAccount(namespace, ['kubevirt.io:view'])
  await page.goto(`/virtual-machines/${namespace}/closed/consoles`)
  await chooseConsole(page, 'SSH (in the browser)')
  await expect(page.getByText('closed is not running')).toBeVisible()
  await expectAccessible(page)
  await userName(page).fill('jane')
  await signIn(page, 'x')
  await expect(
    page.getByText('You may not forward ports of this virtual machine'),
  ).toBeVisible()
})

/** The sample guest with a user of its own; its root has no password and so no SSH. */
function guestWithUser(namespace: string) {
  const guest = virtualMachine({ namespace, name: 'shell', runStrategy: 'Always' })
  const { template } = guest['spec'] as {
    template: { spec: { domain: { devices: { disks: object[] } }; volumes: object[] } }
  }
  template.spec.domain.devices.disks.push({ name: 'cloudinit', disk: { bus: 'virtio' } })
  const userData = [
    '#cloud-config',
    `user: ${USER.userName}`,
    `password: ${USER.password}`,
    `ssh_authorized_keys:\n  - ${KEY.publicKey}`,
  ].join('\n')
  template.spec.volumes.push({ name: 'cloudinit', cloudInitNoCloud: { userData } })
  return guest
}

/** The guest's server starts last of all. */
async function waitForSsh(page: Page): Promise<void> {
  await chooseConsole(page, 'Serial Console')
  await expectConsoleState(page, 'Connected')
  await logInOnSerial(page)
  const listens = "grep -q ':0016 .* 0A ' /proc/net/tcp /proc/net/tcp6"
  await runOnSerial(page, `until ${listens}; do :; done; echo up $((6 * 7))`, 'up 42')
}

async function chooseAction(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Actions', exact: true }).click()
  await page.getByRole('menuitem', { name }).click()
}

/** What a server says first. */
async function greetingOf(port: number, host: string | undefined): Promise<string> {
  const socket = connect({ port, ...(host !== undefined && { host }) })
  try {
    const [greeting] = (await once(socket, 'data')) as [Buffer]
    return greeting.toString()
  } finally {
    socket.destroy()
  }
}

async function chooseConsole(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Console type/ }).click()
  await page.getByRole('option', { name }).click()
}

const userName = (page: Page) => page.getByRole('textbox', { name: 'User name' })
const terminal = (page: Page) => page.getByRole('textbox', { name: /^SSH session with/ })

async function signIn(page: Page, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
}

async function signInWithKey(page: Page, key: string): Promise<void> {
  await page.getByRole('radio', { name: 'Private key' }).check()
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'Private key' }).fill(key)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
}

async function upload(page: Page, buffer: Buffer): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Upload', exact: true }).click()
  const file = { name: 'data.bin', mimeType: 'application/octet-stream', buffer }
  await (await chooser).setFiles(file)
}
