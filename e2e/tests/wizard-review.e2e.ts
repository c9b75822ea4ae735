import { execFileSync } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RESOURCES } from '@virtdeck/kubernetes'
import type { VirtualMachine } from '@virtdeck/kubevirt'
import type { Page } from '@playwright/test'
import { kubeconfig } from '../support/kubernetes.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { expectStatus, SAMPLE_IMAGE } from '../support/virtual-machine.ts'
import {
  createAndGet,
  dontStart,
  fillGeneralStep,
  next,
  openWizard,
  searchAndChoose,
} from '../support/wizard.ts'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

/** Presses a copy button and resolves with what is on the clipboard then. */
async function copied(page: Page, what: string): Promise<string> {
  await page.getByRole('button', { name: `Copy ${what}` }).click()
  return page.evaluate(() => navigator.clipboard.readText())
}

const UNATTEND = '<unattend xmlns="urn:schemas-microsoft-com:unattend"></unattend>'

interface Shown {
  [field: string]: unknown
  spec: Record<string, unknown>
}

/** The text in the editor is coloured by what its parts are. */
async function expectColours(page: Page): Promise<void> {
  const colours = () =>
    page
      .getByRole('code')
      .last()
      .evaluate((editor) => {
        const parts = [...editor.querySelectorAll('span')]
        return new Set(parts.map((part) => getComputedStyle(part).color)).size
      })
  await expect.poll(colours).toBeGreaterThan(2)
}

const openTab = (page: Page, name: string) =>
  page.getByRole('tab', { name, exact: true }).click()

const kubectl = (args: readonly string[]): string =>
  execFileSync('kubectl', ['--kubeconfig', kubeconfig(), ...args], { encoding: 'utf8' })

test('F-14 Review shows what was chosen; YAML, JSON, commands and the created object agree', async ({
  page,
  cluster,
  namespace,
}) => {
  await openWizard(page, namespace)
  await fillGeneralStep(page, { name: 'reviewed', image: SAMPLE_IMAGE })
  await page.getByRole('button', { name: /Memory overcommit/ }).click()
  await page.getByRole('textbox', { name: 'Memory request (MiB)' }).fill('64')
  await dontStart(page)
  await next(page)
  await page.getByRole('button', { name: 'Edit nic0' }).click()
  await page.getByRole('button', { name: 'Add port' }).click()
  await page.getByRole('textbox', { name: 'Port 1' }).fill('443')
  await page.getByRole('button', { name: 'Keep changes to nic0' }).click()
  await next(page, 2)
  for (const [term, value] of [
    ['Container image', SAMPLE_IMAGE],
    ['Flavor', 'Custom: 1 CPU | 128 MiB'],
    ['Memory request', '64 MiB'],
    ['Start virtual machine on creation', 'No'],
    ['nic0', 'masquerade, ports 443/TCP'],
    ['rootdisk', `${SAMPLE_IMAGE} · virtio · bootable`],
  ] as const) {
    const group = page.getByRole('term').filter({ hasText: new RegExp(`^${term}$`) })
    await expect(group.locator('xpath=following-sibling::dd')).toContainText(value)
  }
  await expectAccessible(page)

  await openTab(page, 'JSON')
  await expectColours(page)
  const shown = JSON.parse(await copied(page, 'JSON')) as Shown
  await openTab(page, 'YAML')
  await expectColours(page)
  const yaml = await copied(page, 'YAML')
  await expectAccessible(page)

  await openTab(page, 'Equivalent commands')
  expect(await copied(page, 'kubectl')).toBe(
    `kubectl create -f - <<'EOF'\n${yaml.trimEnd()}\nEOF\n`,
  )
  await expectAccessible(page)
  await openTab(page, 'virtctl')
  await expect(page.getByText(/virtctl create vm has no way to say/)).toBeVisible()
  for (const gap of [/^Memory overcommit/, /^NICs/, /^The interface of a disk/]) {
    await expect(page.getByRole('listitem').filter({ hasText: gap })).toBeVisible()
  }
  await openTab(page, 'Ansible')
  expect(await copied(page, 'Ansible')).toContain('kubernetes.core.k8s:\n    state: present')

  const created = await createAndGet(page, cluster, { namespace, name: 'reviewed' })
  expect(created).toMatchObject(shown)
  const result = JSON.parse(await copied(page, 'JSON')) as VirtualMachine
  expect(result.metadata?.uid).toBe(created.metadata?.uid)
  expect(result.spec).toMatchObject(shown.spec)
  await expectAccessible(page)
})

test('F-14 what Review shows for kubectl makes the same virtual machine', async ({
  page,
  cluster,
  namespace,
}) => {
  test.skip(!hasKubectl(), 'kubectl is not installed')
  await openWizard(page, namespace)
  await fillGeneralStep(page, { name: 'typed', image: SAMPLE_IMAGE })
  await page.getByRole('checkbox', { name: /^Use cloud-init/ }).check()
  await page.getByRole('radio', { name: 'Use custom script' }).check()
  const script = '#!/bin/sh\necho "$HOME" `id` \'x\' \\\\ EOF\n'
  await page.getByRole('textbox', { name: 'Custom script' }).fill(script)
  await dontStart(page)
  await next(page, 3)
  await openTab(page, 'Equivalent commands')
  const command = await copied(page, 'kubectl')
  execFileSync('bash', ['-c', command], { env: { ...process.env, KUBECONFIG: kubeconfig() } })
  const { spec } = await cluster.get<VirtualMachine>(RESOURCES.virtualMachines, {
    namespace,
    name: 'typed',
  })
  expect(spec.template?.spec?.volumes?.[1]?.cloudInitNoCloud?.userData).toBe(script)
})

test('F-14 a preference leaves to the cluster what virtctl cannot say', async ({
  page,
  cluster,
  namespace,
}) => {
  await cluster.create(RESOURCES.virtualMachineInstancetypes, {
    apiVersion: 'instancetype.kubevirt.io/v1beta1',
    kind: 'VirtualMachineInstancetype',
    metadata: { name: 'own', namespace },
    spec: { cpu: { guest: 1 }, memory: { guest: '128Mi' } },
  })
  await cluster.create(RESOURCES.virtualMachinePreferences, {
    apiVersion: 'instancetype.kubevirt.io/v1beta1',
    kind: 'VirtualMachinePreference',
    metadata: { name: 'modern', namespace },
    spec: { devices: { preferredDiskBus: 'virtio' } },
  })
  await openWizard(page, namespace)
  await fillGeneralStep(page, { name: 'terse', image: SAMPLE_IMAGE })
  await page.getByRole('radio', { name: 'Instance type' }).check()
  const own = { search: 'own', option: 'own: 1 CPU | 128 MiB' }
  await searchAndChoose(page, 'Instance type', own)
  await searchAndChoose(page, 'Preference', { search: 'modern', option: 'modern' })
  await next(page, 3)
  await openTab(page, 'Equivalent commands')
  await openTab(page, 'virtctl')
  const command = await copied(page, 'virtctl')
  expect(command).toContain('--instancetype virtualmachineinstancetype/own')
  expect(command).toContain('--preference virtualmachinepreference/modern')
  expect(command).toContain(
    `--volume-containerdisk src:${SAMPLE_IMAGE},name:rootdisk,bootorder:1`,
  )
})

test('F-14 one of two objects is refused: nothing is left, and another try makes both once', async ({
  page,
  cluster,
  namespace,
}) => {
  await openWizard(page, namespace)
  await fillGeneralStep(page, {
    name: 'windows',
    image: 'quay.io/example/windows:11',
    operatingSystem: 'Windows 11',
  })
  await page.getByRole('textbox', { name: 'Answer file (unattend.xml)' }).fill(UNATTEND)
  await dontStart(page)
  await next(page, 3)
  await expect(page.getByText('1 line (ConfigMap windows-sysprep)')).toBeVisible()

  // Somebody else takes the name meanwhile.
  const answers = { namespace, name: 'windows-sysprep' }
  await cluster.create(RESOURCES.configMaps, { metadata: answers })
  await page.getByRole('button', { name: 'Create virtual machine' }).click()
  await expect(
    page.getByText(/^.*The cluster refused the virtual machine. Nothing was/),
  ).toBeVisible()
  const outcomes = page.getByRole('list', { name: 'Objects' })
  await expect(outcomes.getByText('ConfigMap windows-sysprep: not created')).toBeVisible()
  await expect(page.getByText('configmaps "windows-sysprep" already exists')).toBeVisible()
  await expect(
    outcomes.getByText('VirtualMachine windows: created, and deleted again'),
  ).toBeVisible()
  await expectAccessible(page)
  const listed = async () =>
    (await cluster.list(RESOURCES.virtualMachines, { namespace })).items
  await expect.poll(async () => (await listed()).length).toBe(0)

  await cluster.delete(RESOURCES.configMaps, answers)
  const made = await createAndGet(page, cluster, { namespace, name: 'windows' })
  await expect(outcomes.getByRole('listitem')).toHaveText([
    'VirtualMachine windows: created',
    'ConfigMap windows-sysprep: created',
  ])
  expect(await listed()).toHaveLength(1)
  const { metadata } = await cluster.get(RESOURCES.configMaps, answers)
  expect(metadata?.ownerReferences).toMatchObject([{ uid: made.metadata?.uid }])

  await openTab(page, 'ConfigMap windows-sysprep')
  expect(JSON.parse(await copied(page, 'JSON'))).toMatchObject({
    kind: 'ConfigMap',
    data: { 'unattend.xml': UNATTEND },
  })
  await page.getByRole('button', { name: 'YAML', exact: true }).click()
  expect(await copied(page, 'YAML')).toContain('kind: ConfigMap')
  await expectAccessible(page)
})

test.describe('F-14 the result shows how far the virtual machine is', () => {
  let server: Server
  let url: string
  /** Sends what is left of the image. */
  let finish: () => void

  test.beforeAll(async () => {
    const half = Buffer.alloc(8 * 1024 ** 2)
    const isWanted = new Promise<void>((resolve) => {
      finish = resolve
    })
    server = createServer((request, response) => {
      response.writeHead(200, { 'content-length': 2 * half.length })
      if (request.method === 'HEAD') {
        response.end()
        return
      }
      response.write(half)
      void isWanted.then(() => response.end(half))
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/disk.img`
  })
  test.afterAll(() => {
    finish()
    server.closeAllConnections()
    server.close()
  })

  test('its disk with a percentage, its node, its guest, and the ways to it', async ({
    page,
    cluster,
    namespace,
  }) => {
    await openWizard(page, namespace)
    await fillGeneralStep(page, { name: 'followed', image: SAMPLE_IMAGE })
    await page.getByRole('radio', { name: 'URL' }).check()
    await page.getByRole('textbox', { name: 'Image URL' }).fill(url)
    await next(page, 2)
    await page.getByRole('button', { name: 'Edit rootdisk' }).click()
    await page.getByRole('textbox', { name: 'Size (GiB)' }).fill('0.1')
    await page.getByRole('button', { name: 'Keep changes to rootdisk' }).click()
    await next(page)
    await createAndGet(page, cluster, { namespace, name: 'followed' })
    await expect(page.getByRole('progressbar', { name: /rootdisk/ })).toHaveAttribute(
      'aria-valuenow',
      /^[1-9]/,
      { timeout: 60_000 },
    )
    await expectAccessible(page)
    finish()
    await expectStatus(cluster, { namespace, name: 'followed' }, 'Running')
    const steps = page.getByRole('list', { name: 'Progress' }).getByRole('listitem')
    await expect(steps).toHaveCount(4)
    await expect(steps.filter({ hasText: 'Guest running' })).toHaveAccessibleName('Done')
    await page.getByRole('button', { name: 'Open console' }).click()
    await expect(page).toHaveURL(new RegExp(`/virtual-machines/${namespace}/followed/consoles`))
  })
})

function hasKubectl(): boolean {
  try {
    return kubectl(['version', '--client']) !== ''
  } catch {
    return false
  }
}
