import { RESOURCES, type KubernetesClient } from '@virtdeck/kubernetes'
import { logInOnSerial, runOnSerial } from '../support/consoles.ts'
import { importSampleDisk } from '../support/sample-disk.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { expectStatus, SAMPLE_IMAGE, virtualMachine } from '../support/virtual-machine.ts'
import { createAndGet, dontStart, nameField, next, openWizard } from '../support/wizard.ts'

/** A bridge that the guests of a namespace can be on. */
async function createNetwork(
  cluster: KubernetesClient,
  metadata: { namespace: string; name: string; annotations?: Record<string, string> },
): Promise<void> {
  const bridge = `br-${metadata.namespace}`
  await cluster.create(RESOURCES.networkAttachmentDefinitions, {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata,
    spec: { config: JSON.stringify({ cniVersion: '0.3.1', type: 'bridge', bridge }) },
  })
}

test.describe('F-10 templates', () => {
  const template = 'openshift/fedora-desktop-large'

  test('a template fills the fields, its rules count, and its hidden parts arrive', async ({
    page,
    cluster,
    namespace,
  }) => {
    await openWizard(page, namespace)
    await nameField(page).fill('from-template')
    const field = page.getByRole('combobox', { name: 'Template' })
    await field.click()
    await field.fill('fedora desktop large')
    await expectAccessible(page)
    await page.getByRole('option', { name: /^Fedora VM/ }).click()
    await expect(page.getByRole('combobox', { name: 'Flavor' })).toHaveValue('large')
    const systems = page.getByRole('combobox', { name: 'Operating system' })
    await expect(systems.getByRole('option', { name: /Windows/ })).toHaveCount(0)
    const profile = page.getByRole('combobox', { name: 'Workload profile' })
    await expect(profile.getByRole('option')).toHaveText(['Desktop'])

    await page.getByRole('combobox', { name: 'Flavor' }).selectOption('custom')
    const memory = page.getByRole('textbox', { name: 'Memory', exact: true })
    await memory.fill('0.25')
    await expect(page.getByText(/The template says:.*memory/)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Next' })).toBeDisabled()
    await memory.fill('3')

    // The template's VM is read anew, and its script comes with it.
    await page.reload()
    await expect(nameField(page)).toHaveValue('from-template')
    await expect(memory).toHaveValue('3')
    await expect(page.getByRole('textbox', { name: 'Custom script' })).toHaveValue(
      /^#cloud-config/,
    )
    await dontStart(page)
    await next(page, 3)
    const target = { namespace, name: 'from-template' }
    const { metadata, spec } = await createAndGet(page, cluster, target)
    expect(metadata?.labels).toMatchObject({
      'vm.kubevirt.io/template': 'fedora-desktop-large',
      'vm.kubevirt.io/template.namespace': 'openshift',
    })
    expect(metadata?.annotations?.['vm.kubevirt.io/validations']).toContain('rule')
    const domain = spec.template?.spec?.domain
    expect(domain?.memory?.guest).toBe('3Gi')
    expect(domain?.devices.rng).toEqual({})
    expect(JSON.stringify(spec)).not.toContain('${')
  })

  test('a link chooses a template, and none can be chosen again', async ({
    page,
    namespace,
  }) => {
    await openWizard(page, namespace, template)
    await expect(page.getByRole('combobox', { name: 'Template' })).toHaveValue(/Fedora/)
    await expect(page.getByRole('combobox', { name: 'Flavor' })).toHaveValue('large')
    await page.getByRole('button', { name: 'Clear Template' }).click()
    await expect(page.getByRole('combobox', { name: 'Template' })).toHaveValue('')
    await expect(page).not.toHaveURL(/template=/)
    const systems = page.getByRole('combobox', { name: 'Operating system' })
    await systems.selectOption('windows11')
    await page.reload()
    await expect(page.getByRole('combobox', { name: 'Template' })).toHaveValue('')
    await expect(systems).toHaveValue('windows11')
  })

  test('a template that does not exist is named, and can be left', async ({
    page,
    namespace,
  }) => {
    await openWizard(page, namespace, 'openshift/nothing')
    await expect(page.getByText(/The template openshift\/nothing cannot be read/)).toBeVisible()
    await page.getByRole('button', { name: 'Clear Template' }).click()
    await expect(page.getByText(/cannot be read/)).toBeHidden()
  })
})

test('F-52 PXE: the chosen NIC boots first, a disk after it, and the guest starts', async ({
  page,
  cluster,
  namespace,
}) => {
  test.setTimeout(240_000)
  const annotations = { 'virtdeck.io/netboot': 'tiny-linux.ipxe' }
  await createNetwork(cluster, { namespace, name: 'provisioning', annotations })
  await openWizard(page, namespace)
  await nameField(page).fill('pxe')
  await page.getByRole('radio', { name: 'PXE' }).check()
  await page.getByRole('combobox', { name: 'Flavor' }).selectOption('custom')
  await page.getByRole('textbox', { name: 'Memory', exact: true }).fill('256')
  await next(page)
  // The second NIC is open for its network already.
  await page
    .getByRole('combobox', { name: 'Network configuration' })
    .selectOption('provisioning')
  await page.getByRole('button', { name: 'Keep changes to nic1' }).click()
  await expect(page.getByRole('columnheader', { name: 'PXE NIC' })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'NIC to boot from' })).toHaveValue('nic1')
  await expectAccessible(page)
  await next(page)
  await page.getByRole('button', { name: 'Create disk' }).click()
  await page.getByRole('textbox', { name: 'Size (GiB)' }).fill('1')
  await page.getByRole('button', { name: 'Keep changes to disk-0' }).click()
  await page.getByRole('combobox', { name: 'Bootable disk' }).selectOption('disk-0')
  await next(page)
  const { spec } = await createAndGet(page, cluster, { namespace, name: 'pxe' })
  const devices = spec.template?.spec?.domain.devices
  expect(devices?.interfaces?.map(({ name, bootOrder }) => [name, bootOrder])).toEqual([
    ['nic0', undefined],
    ['nic1', 1],
  ])
  expect(devices?.disks?.map(({ bootOrder }) => bootOrder)).toEqual([2])
  await expectStatus(cluster, { namespace, name: 'pxe' }, 'Running')
  await page.goto(`/virtual-machines/${namespace}/pxe/consoles`)
  await page.getByRole('button', { name: /^Console type/ }).click()
  await page.getByRole('option', { name: 'Serial Console' }).click()
  await logInOnSerial(page)
  await runOnSerial(page, 'echo booted=$((1 + 1))', 'booted=2')
})

test('F-21 F-22 a URL with a Secret and certificates from the project', async ({
  page,
  cluster,
  namespace,
}) => {
  await cluster.create(RESOURCES.secrets, {
    metadata: { name: 'endpoint-secret', namespace },
    data: { accessKeyId: btoa('me'), secretKey: btoa('hush') },
  })
  await cluster.create(RESOURCES.configMaps, {
    metadata: { name: 'tls-certs', namespace },
    data: { 'ca.pem': '-----BEGIN CERTIFICATE-----' },
  })
  await openWizard(page, namespace)
  await nameField(page).fill('from-url')
  await page.getByRole('radio', { name: 'URL' }).check()
  await page.getByRole('textbox', { name: 'Image URL' }).fill('https://example.com/os.qcow2')
  const secret = page.getByRole('combobox', { name: 'Secret with credentials' })
  await secret.selectOption('endpoint-secret')
  await page.getByRole('combobox', { name: 'Certificates' }).selectOption('tls-certs')
  await page.getByRole('button', { name: 'More about: Secret with credentials' }).click()
  await expect(page.getByRole('dialog').getByText('accessKeyId')).toBeVisible()
  await page.keyboard.press('Escape')
  await dontStart(page)
  await next(page, 3)
  const { spec } = await createAndGet(page, cluster, { namespace, name: 'from-url' })
  expect(spec.dataVolumeTemplates?.[0]?.spec.source?.http).toEqual({
    url: 'https://example.com/os.qcow2',
    secretRef: 'endpoint-secret',
    certConfigMap: 'tls-certs',
  })
})

test('F-25 F-17 a VM from a copy of a disk boots from it', async ({
  page,
  cluster,
  namespace,
}) => {
  test.setTimeout(300_000)
  await importSampleDisk(cluster, { namespace, name: 'golden' })
  await openWizard(page, namespace)
  await nameField(page).fill('copy')
  await page.getByRole('radio', { name: 'Cloned disk' }).check()
  await page.getByRole('combobox', { name: 'Disk to clone' }).selectOption('golden')
  await next(page, 2)
  await page.getByRole('button', { name: 'Edit rootdisk' }).click()
  const size = page.getByRole('textbox', { name: 'Size (GiB)' })
  const prefilled = await size.inputValue()
  expect(Number(prefilled)).toBeGreaterThanOrEqual(1)
  await size.fill('0.5')
  await expect(page.getByText(/A copy cannot be smaller than the disk/)).toBeVisible()
  await size.fill(prefilled)
  const mode = page.getByRole('combobox', { name: 'Access mode' })
  await mode.selectOption('ReadWriteMany')
  const prevented = page.getByText('Disk rootdisk prevents live migration')
  await expect(prevented).toBeHidden()
  await mode.selectOption('ReadWriteOnce')
  await expect(prevented).toBeVisible()
  await page.getByRole('button', { name: 'Keep changes to rootdisk' }).click()
  await expectAccessible(page)
  await next(page)
  const { spec } = await createAndGet(page, cluster, { namespace, name: 'copy' })
  expect(spec.dataVolumeTemplates?.[0]?.spec.source).toEqual({
    pvc: { namespace, name: 'golden' },
  })
  await expectStatus(cluster, { namespace, name: 'copy' }, 'Running')
  await page.goto(`/virtual-machines/${namespace}/copy/consoles`)
  await page.getByRole('button', { name: /^Console type/ }).click()
  await page.getByRole('option', { name: 'Serial Console' }).click()
  await logInOnSerial(page)
  await runOnSerial(page, 'echo booted=$((1 + 1))', 'booted=2')
})

test('F-25 a disk that a running VM uses is not copied', async ({
  page,
  cluster,
  namespace,
}) => {
  await cluster.create(RESOURCES.persistentVolumeClaims, {
    metadata: { name: 'data', namespace },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '64Mi' } } },
  })
  const user = virtualMachine({ name: 'user', namespace }) as {
    spec: {
      template: { spec: { volumes: object[]; domain: { devices: { disks: object[] } } } }
    }
  }
  const { volumes, domain } = user.spec.template.spec
  volumes.push({ name: 'data', persistentVolumeClaim: { claimName: 'data' } })
  domain.devices.disks.push({ name: 'data', disk: { bus: 'virtio' } })
  await cluster.create(RESOURCES.virtualMachines, user)
  await openWizard(page, namespace)
  await nameField(page).fill('copy')
  await page.getByRole('radio', { name: 'Cloned disk' }).check()
  await page.getByRole('combobox', { name: 'Disk to clone' }).selectOption('data')
  await expect(page.getByText('The disk belongs to user, which is off.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next' })).toBeEnabled()
  await cluster.request({
    method: 'PUT',
    path: `/apis/subresources.kubevirt.io/v1/namespaces/${namespace}/virtualmachines/user/start`,
    headers: { accept: '*/*' },
  })
  await expect(page.getByText('Stop user first: it is running on this disk.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next' })).toBeDisabled()
})

test('F-54 an address that another VM has is warned about before creation', async ({
  page,
  cluster,
  namespace,
}) => {
  const other = virtualMachine({ name: 'other', namespace }) as {
    spec: { template: { spec: { domain: { devices: { interfaces: object[] } } } } }
  }
  Object.assign(other.spec.template.spec.domain.devices.interfaces[0] ?? {}, {
    macAddress: '02:00:00:AB:00:01',
  })
  await cluster.create(RESOURCES.virtualMachines, other)
  await openWizard(page, namespace)
  await nameField(page).fill('twin')
  await page.getByRole('combobox', { name: 'Container image' }).fill(SAMPLE_IMAGE)
  await next(page)
  await page.getByRole('button', { name: 'Edit nic0' }).click()
  await page.getByRole('textbox', { name: 'MAC address' }).fill('02-00-00-ab-00-01')
  const warning = page.getByText(`${namespace}/other has this address already.`)
  await expect(warning).toBeVisible()
  await page.getByRole('button', { name: 'Keep changes to nic0' }).click()
  await expect(warning).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next' })).toBeEnabled()
})
