import { RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import type { VirtualMachine } from '@virtdeck/kubevirt'
import { expect, test } from '../support/test.ts'
import { SAMPLE_IMAGE, virtualMachine } from '../support/virtual-machine.ts'
import {
  createAndGet,
  dontStart,
  fillGeneralStep,
  nameField,
  next,
  openWizard,
  searchAndChoose,
} from '../support/wizard.ts'

const UNATTEND = '<unattend xmlns="urn:schemas-microsoft-com:unattend"></unattend>'

test('F-36 the answer file becomes a CD beside the drivers, and goes with the VM', async ({
  page,
  cluster,
  namespace,
}) => {
  await openWizard(page, namespace)
  await fillGeneralStep(page, {
    name: 'answered',
    image: 'quay.io/example/windows:2k22',
    operatingSystem: 'Windows Server 2022',
  })
  await page.getByRole('textbox', { name: 'Answer file (unattend.xml)' }).fill(UNATTEND)
  const stored = await page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)))
  expect(stored).toContain('answered')
  expect(stored).not.toContain('urn:schemas-microsoft-com')
  await dontStart(page)
  await next(page, 3)
  const { metadata, spec } = await createAndGet(page, cluster, { namespace, name: 'answered' })
  const { domain, volumes } = spec.template?.spec ?? {}
  expect(volumes).toContainEqual({
    name: 'sysprep',
    sysprep: { configMap: { name: 'answered-sysprep' } },
  })
  expect(domain?.devices.disks).toMatchObject([
    { name: 'rootdisk', bootOrder: 1 },
    { name: 'sysprep', cdrom: { bus: 'sata' } },
    { name: 'virtiocontainerdisk', cdrom: { bus: 'sata' }, bootOrder: 2 },
  ])
  const target = { namespace, name: 'answered-sysprep' }
  const answers = await cluster.get(RESOURCES.configMaps, target)
  expect(answers).toMatchObject({ data: { 'unattend.xml': UNATTEND } })
  expect(answers.metadata?.ownerReferences).toMatchObject([{ uid: metadata?.uid }])
})

test('F-10 a name that was taken meanwhile is said at its field, and nothing is lost', async ({
  page,
  cluster,
  namespace,
}) => {
  await openWizard(page, namespace)
  await fillGeneralStep(page, { name: 'late', image: SAMPLE_IMAGE })
  await page.getByRole('textbox', { name: 'Description' }).fill('kept')
  await dontStart(page)
  await next(page, 3)
  await cluster.create(RESOURCES.virtualMachines, virtualMachine({ name: 'late', namespace }))
  await page.getByRole('button', { name: 'Create virtual machine' }).click()
  await expect(nameField(page)).toBeFocused()
  await expect(
    page.getByText(`Project ${namespace} has a virtual machine late already.`).first(),
  ).toBeVisible()
  await nameField(page).fill('later')
  await next(page, 3)
  const { metadata } = await createAndGet(page, cluster, { namespace, name: 'later' })
  expect(Object.values(metadata?.annotations ?? {})).toContain('kept')
})

test('F-10 an instance type that is gone meanwhile is said at its field', async ({
  page,
  cluster,
  namespace,
}) => {
  const target = { namespace, name: 'fleeting' }
  await cluster.create(RESOURCES.virtualMachineInstancetypes, {
    apiVersion: 'instancetype.kubevirt.io/v1beta1',
    kind: 'VirtualMachineInstancetype',
    metadata: target,
    spec: { cpu: { guest: 1 }, memory: { guest: '256Mi' } },
  })
  await openWizard(page, namespace)
  await fillGeneralStep(page, { name: 'sized', image: SAMPLE_IMAGE })
  await page.getByRole('radio', { name: 'Instance type' }).check()
  const type = page.getByRole('combobox', { name: 'Instance type' })
  const fleeting = { search: 'fleeting', option: 'fleeting: 1 CPU | 256 MiB' }
  await searchAndChoose(page, 'Instance type', fleeting)
  await dontStart(page)
  await next(page, 3)
  await cluster.delete(RESOURCES.virtualMachineInstancetypes, target)
  await page.getByRole('button', { name: 'Create virtual machine' }).click()
  await expect(type).toBeFocused()
  await expect(page.getByText(/"fleeting" not found/).first()).toBeVisible()
})

test('F-54 a MAC address that the server refuses is said at its field, whose row was closed', async ({
  page,
  cluster,
  namespace,
}) => {
  const macAddress = '02:00:00:00:54:01'
  const other = virtualMachine({ name: 'other', namespace })
  await openWizard(page, namespace)
  await fillGeneralStep(page, { name: 'twin', image: SAMPLE_IMAGE })
  await dontStart(page)
  await next(page)
  await page.getByRole('button', { name: 'Edit nic0' }).click()
  const field = page.getByRole('textbox', { name: 'MAC address' })
  await field.fill(macAddress)
  await page.getByRole('button', { name: 'Keep changes to nic0' }).click()
  await expect(field).toBeHidden()
  await next(page, 2)
  await cluster.create(RESOURCES.virtualMachines, withMacAddress(other, macAddress))
  await page.getByRole('button', { name: 'Create virtual machine' }).click()
  await expect(field).toBeFocused()
  await expect(page.getByText(/failed to allocate requested mac address/).first()).toBeVisible()

  // Closed again with what is wrong, the row is opened by the link to its field.
  await page.getByRole('button', { name: 'Take back changes to nic0' }).click()
  await expect(field).toBeHidden()
  await page
    .getByRole('button', { name: /MAC address/ })
    .last()
    .click()
  await expect(field).toBeFocused()
  await field.fill('')
  await page.getByRole('button', { name: 'Keep changes to nic0' }).click()
  await next(page, 2)
  const { spec } = await createAndGet(page, cluster, { namespace, name: 'twin' })
  expect(spec.template?.spec?.domain.devices.interfaces).toHaveLength(1)
})

function withMacAddress(object: KubernetesObject, macAddress: string): KubernetesObject {
  const copy = structuredClone(object) as VirtualMachine
  const [nic] = copy.spec.template?.spec?.domain.devices.interfaces ?? []
  Object.assign(nic ?? {}, { macAddress })
  return copy
}
