import { RESOURCES } from '@virtdeck/kubernetes'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from '../support/test.ts'
import {
  expectStatus,
  SAMPLE_IMAGE,
  virtualMachineOnClaim,
} from '../support/virtual-machine.ts'
import {
  createAndGet,
  dontStart,
  fillGeneralStep,
  nameField,
  next,
  openWizard,
  searchAndChoose,
} from '../support/wizard.ts'

test('F-10 an instance type and a preference size the VM and choose its devices', async ({
  page,
  cluster,
  namespace,
}) => {
  await cluster.create(RESOURCES.virtualMachineInstancetypes, {
    apiVersion: 'instancetype.kubevirt.io/v1beta1',
    kind: 'VirtualMachineInstancetype',
    metadata: { name: 'own', namespace },
    spec: { cpu: { guest: 2 }, memory: { guest: '512Mi' } },
  })
  await cluster.create(RESOURCES.virtualMachinePreferences, {
    apiVersion: 'instancetype.kubevirt.io/v1beta1',
    kind: 'VirtualMachinePreference',
    metadata: { name: 'modern', namespace },
    spec: { devices: { preferredDiskBus: 'virtio' } },
  })
  await openWizard(page, namespace)
  await fillGeneralStep(page, { name: 'sized', image: SAMPLE_IMAGE })
  await page.getByRole('radio', { name: 'Instance type' }).check()
  const own = { search: 'own', option: 'own: 2 CPUs | 512 MiB' }
  await searchAndChoose(page, 'Instance type', own)
  await searchAndChoose(page, 'Preference', { search: 'modern', option: 'modern' })
  await dontStart(page)
  await expectAccessible(page)
  await next(page)
  await expect(page.getByText('As the preference says')).toBeVisible()
  await next(page, 2)
  const { spec } = await createAndGet(page, cluster, { namespace, name: 'sized' })
  expect(spec.instancetype).toMatchObject({ kind: 'VirtualMachineInstancetype', name: 'own' })
  expect(spec.preference).toMatchObject({ kind: 'VirtualMachinePreference', name: 'modern' })
  expect(spec.template?.spec?.domain).not.toHaveProperty('memory')
})

test('F-10 common instance types and preferences are searched; one that is too small is refused', async ({
  page,
  cluster,
  namespace,
}) => {
  await openWizard(page, namespace)
  await fillGeneralStep(page, { name: 'common', image: SAMPLE_IMAGE })
  await page.getByRole('radio', { name: 'Instance type' }).check()
  const types = page.getByRole('combobox', { name: 'Instance type' })
  await types.click()
  const offered = page.getByRole('listbox').getByRole('option')
  await expect(offered.first()).toHaveText('u1.nano: 1 CPU | 512 MiB')
  await expectAccessible(page)
  await page.keyboard.press('ArrowUp')
  await expect(offered.last()).toBeInViewport()
  await types.fill('1.medium')
  await expect(offered).toHaveCount(5)
  await page.getByRole('option', { name: 'u1.medium: 1 CPU | 4 GiB' }).click()
  const server = { search: 'server 2025 virtio', option: /^windows\.2k25\.virtio/ }
  await searchAndChoose(page, 'Preference', server)
  await searchAndChoose(page, 'Instance type', { search: 'u1.nano', option: /^u1\.nano/ })
  await dontStart(page)
  await next(page, 3)
  await page.getByRole('button', { name: 'Create virtual machine' }).click()
  await expect(types).toBeFocused()
  await expect(page.getByText(/insufficient Memory resources/).first()).toBeVisible()
  await searchAndChoose(page, 'Instance type', { search: 'u1.medium', option: /^u1\.medium/ })
  await next(page, 3)
  const { spec } = await createAndGet(page, cluster, { namespace, name: 'common' })
  expect(spec.instancetype).toMatchObject({
    kind: 'VirtualMachineClusterInstancetype',
    name: 'u1.medium',
  })
  expect(spec.preference).toMatchObject({ name: 'windows.2k25.virtio' })
})

test('F-35 memory overcommit, each with its risk', async ({ page, cluster, namespace }) => {
  await openWizard(page, namespace)
  await fillGeneralStep(page, { name: 'thin', image: SAMPLE_IMAGE })
  await page.getByRole('button', { name: /Memory overcommit/ }).click()
  const request = page.getByRole('textbox', { name: 'Memory request (MiB)' })
  await request.fill('256')
  await expect(page.getByText('At most the memory of the guest.')).toBeVisible()
  await request.fill('64')
  await expect(page.getByText(/^Risk: the guest sees more memory/)).toBeVisible()
  await page.getByRole('checkbox', { name: /Do not request memory for the overhead/ }).check()
  await expectAccessible(page)
  await dontStart(page)
  await next(page, 3)
  const { spec } = await createAndGet(page, cluster, { namespace, name: 'thin' })
  expect(spec.template?.spec?.domain).toMatchObject({
    memory: { guest: '128Mi' },
    resources: { overcommitGuestOverhead: true, requests: { memory: '64Mi' } },
  })
})

test('F-36 Windows: SATA and e1000e, drivers as a CD behind the disks, help with hardware ids', async ({
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
  await page.getByRole('button', { name: 'More about: VirtIO drivers' }).click()
  const help = page.getByRole('dialog')
  for (const text of ['viostor', 'viorng', 'NetKVM', 'VEN_1AF4&DEV_1041']) {
    await expect(help.getByText(text)).toBeVisible()
  }
  await page.keyboard.press('Escape')
  const unattend = page.getByRole('textbox', { name: 'Answer file (unattend.xml)' })
  await unattend.fill('not xml')
  await expect(page.getByText(/^This is not XML/)).toBeVisible()
  await unattend.fill('')
  await expectAccessible(page)
  await dontStart(page)
  await next(page, 3)
  const { spec } = await createAndGet(page, cluster, { namespace, name: 'windows' })
  const { devices } = spec.template?.spec?.domain ?? {}
  expect(devices?.disks).toMatchObject([
    { name: 'rootdisk', disk: { bus: 'sata' }, bootOrder: 1 },
    { name: 'virtiocontainerdisk', cdrom: { bus: 'sata' }, bootOrder: 2 },
  ])
  expect(devices?.interfaces).toMatchObject([{ model: 'e1000e' }])
})

test('F-11 cloud-init installs the guest agent', async ({ page, cluster, namespace }) => {
  await openWizard(page, namespace)
  await fillGeneralStep(page, { name: 'agent', image: SAMPLE_IMAGE })
  await page.getByRole('checkbox', { name: /^Use cloud-init/ }).check()
  await page.getByRole('checkbox', { name: /^Install the QEMU guest agent/ }).check()
  await dontStart(page)
  await next(page, 3)
  const { spec } = await createAndGet(page, cluster, { namespace, name: 'agent' })
  const [, volume] = spec.template?.spec?.volumes ?? []
  expect(volume?.cloudInitNoCloud?.userData).toContain('qemu-guest-agent')
})

test('F-12 F-50 F-51 ports, a network of another project, and none at all', async ({
  page,
  cluster,
  namespace,
}) => {
  const shared = { name: `${namespace}-shared` }
  await cluster.create(RESOURCES.namespaces, { metadata: shared })
  try {
    await cluster.create(RESOURCES.networkAttachmentDefinitions, {
      apiVersion: 'k8s.cni.cncf.io/v1',
      kind: 'NetworkAttachmentDefinition',
      metadata: { name: 'lan', namespace: shared.name },
      spec: { config: '{"cniVersion":"0.3.1","type":"bridge","bridge":"br-shared"}' },
    })
    await openWizard(page, namespace)
    await fillGeneralStep(page, { name: 'networked', image: SAMPLE_IMAGE })
    await dontStart(page)
    await next(page)
    await page.getByRole('button', { name: 'Edit nic0' }).click()
    await page.getByRole('button', { name: 'Add port' }).click()
    await page.getByRole('textbox', { name: 'Port 1' }).fill('443')
    await page.getByRole('button', { name: 'Keep changes to nic0' }).click()
    await page.getByRole('button', { name: 'Create NIC' }).click()
    const network = page.getByRole('combobox', { name: 'Network configuration' })
    await network.selectOption(`${shared.name}/lan`)
    await page.getByRole('button', { name: 'Keep changes to nic1' }).click()
    await expect(page.getByText('masquerade, ports 443')).toBeVisible()
    await next(page, 2)
    const { spec } = await createAndGet(page, cluster, { namespace, name: 'networked' })
    const instance = spec.template?.spec
    expect(instance?.domain.devices.interfaces?.[0]?.ports).toEqual([
      { port: 443, protocol: 'TCP' },
    ])
    expect(instance?.networks?.[1]?.multus?.networkName).toBe(`${shared.name}/lan`)
  } finally {
    await cluster.delete(RESOURCES.namespaces, shared)
  }
  await openWizard(page, namespace)
  await fillGeneralStep(page, { name: 'alone', image: SAMPLE_IMAGE })
  await dontStart(page)
  await next(page)
  await page.getByRole('button', { name: 'Remove nic0' }).click()
  await expect(page.getByRole('heading', { name: 'No NIC' })).toBeVisible()
  await next(page, 2)
  const { spec } = await createAndGet(page, cluster, { namespace, name: 'alone' })
  expect(spec.template?.spec?.domain.devices.autoattachPodInterface).toBe(false)
})

test('F-13 F-20 a scratch disk and an attached claim, each explained, and who else uses it', async ({
  page,
  cluster,
  namespace,
}) => {
  await cluster.create(RESOURCES.persistentVolumeClaims, {
    metadata: { name: 'data', namespace },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '64Mi' } } },
  })
  const sharer = { namespace, name: 'sharer' }
  await cluster.create(RESOURCES.virtualMachines, virtualMachineOnClaim(sharer, 'data'))
  await expectStatus(cluster, sharer, 'Stopped')
  await openWizard(page, namespace)
  await fillGeneralStep(page, { name: 'stored', image: SAMPLE_IMAGE })
  await dontStart(page)
  await next(page, 2)
  await page.getByRole('button', { name: 'Create disk' }).click()
  await page.getByRole('combobox', { name: 'Source' }).selectOption({ label: 'Scratch space' })
  await expect(page.getByText(/gone when the virtual machine stops/)).toBeVisible()
  await page.getByRole('button', { name: 'Keep changes to disk-1' }).click()
  await page.getByRole('button', { name: 'Attach disk' }).click()
  await expect(page.getByText(/kept when the virtual machine is deleted/)).toBeVisible()
  await page.getByRole('combobox', { name: 'PersistentVolumeClaim' }).selectOption('data')
  await expect(page.getByText('It is also a disk of sharer.')).toBeVisible()
  await cluster.patch(RESOURCES.virtualMachines, sharer, { spec: { runStrategy: 'Always' } })
  await expect(
    page.getByText('The virtual machine sharer is running on this claim'),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Keep changes to disk-2' }).click()
  // F-17
  await expect(page.getByText('Disk disk-2 prevents live migration')).toBeVisible()
  await next(page)
  const { spec } = await createAndGet(page, cluster, { namespace, name: 'stored' })
  expect(spec.template?.spec?.volumes).toMatchObject([
    { containerDisk: {} },
    { emptyDisk: { capacity: '10Gi' } },
    { persistentVolumeClaim: { claimName: 'data' } },
  ])
})

test('F-10 Back, another page and a reload lose nothing; scripts are never stored', async ({
  page,
  namespace,
}) => {
  await openWizard(page, namespace)
  await fillGeneralStep(page, { name: 'kept', image: SAMPLE_IMAGE })
  await page.getByRole('checkbox', { name: /^Use cloud-init/ }).check()
  await page.getByRole('radio', { name: 'Use custom script' }).check()
  await page
    .getByRole('textbox', { name: 'Custom script' })
    .fill('#cloud-config\npassword: hush-hush\n')
  await next(page)
  await page.getByRole('button', { name: 'Create NIC' }).click()
  await page.getByRole('textbox', { name: 'NIC name' }).fill('second')
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Custom script' })).toHaveValue(/hush-hush/)
  const stored = await page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)))
  expect(stored).toContain('second')
  expect(stored).not.toContain('hush-hush')
  await next(page)
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'NIC name' })).toHaveValue('second')
  const step = page.getByRole('button', { name: 'Networking', exact: true })
  await expect(step).toHaveAttribute('aria-current', 'step')
  await expect(page.getByText('This is what you entered before.')).toBeVisible()
  await page.goto('/nodes')
  await openWizard(page, namespace)
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await expect(nameField(page)).toHaveValue('kept')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click()
  await expect(nameField(page)).toHaveValue('kept')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
  await expect(page).toHaveURL(/\/virtual-machines\?/)
})

/** Tab until a control of that name has the focus. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const isThere = async () =>
    page.evaluate(() => {
      const { activeElement } = document
      const labels = (activeElement as HTMLInputElement | null)?.labels
      const label = labels?.[0]?.textContent ?? activeElement?.textContent ?? ''
      return activeElement?.getAttribute('aria-label') ?? label
    })
  for (let press = 0; press < 60; press += 1) {
    const text = (await isThere()).trim()
    if (typeof name === 'string' ? text.startsWith(name) : name.test(text)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${name}`)
}

test('F-10 to F-14 the keyboard alone is enough', async ({ page, cluster, namespace }) => {
  await openWizard(page, namespace)
  await expect(nameField(page)).toBeVisible()
  await tabTo(page, /^Name/)
  await page.keyboard.type('keys')
  await tabTo(page, 'Template')
  await page.keyboard.type('ubuntu server small')
  await expect(page.getByRole('option', { name: /^Ubuntu VM/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Flavor' })).toHaveValue('small')
  await tabTo(page, /^Container image/)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(SAMPLE_IMAGE)
  await tabTo(page, /^Start virtual machine on creation/)
  await page.keyboard.press('Space')
  await tabTo(page, /^Next$/)
  await page.keyboard.press('Enter')
  await tabTo(page, 'Create NIC')
  await page.keyboard.press('Enter')
  await tabTo(page, /^Take back changes/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^Next$/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^Next$/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^Create virtual machine$/)
  await page.keyboard.press('Enter')
  await expect(
    page.getByRole('heading', { name: 'Virtual machine keys was created' }),
  ).toBeVisible()
  const { spec } = await cluster.get(RESOURCES.virtualMachines, { namespace, name: 'keys' })
  expect(spec).toMatchObject({ runStrategy: 'Halted' })
})
