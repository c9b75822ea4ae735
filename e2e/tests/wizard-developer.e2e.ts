import { RESOURCES } from '@virtdeck/kubernetes'
import { expect, expectAccessible, test } from '../support/test.ts'
import { SAMPLE_IMAGE } from '../support/virtual-machine.ts'
import {
  createAndGet,
  dontStart,
  fillGeneralStep,
  nameField,
  next,
  openWizard,
} from '../support/wizard.ts'

/** The project of the seeded user `developer`. */
const PROJECT = 'development'

const WHY = /Type the name: the list cannot be read/

test('F-16 the developer makes a VM from a template of the cluster in the own project', async ({
  asUser,
  cluster,
}) => {
  const name = `mine-${Date.now()}`
  const page = await asUser('developer')
  await openWizard(page, PROJECT, 'openshift/fedora-server-small')
  await nameField(page).fill(name)
  await expect(page.getByRole('combobox', { name: 'Flavor' })).toHaveValue('small')
  await page.getByRole('combobox', { name: 'Container image' }).fill(SAMPLE_IMAGE)
  await dontStart(page)
  await expectAccessible(page)
  await next(page, 3)
  const { metadata } = await createAndGet(page, cluster, { namespace: PROJECT, name })
  expect(metadata?.annotations).toHaveProperty(['vm.kubevirt.io/validations'])
  await cluster.delete(RESOURCES.virtualMachines, { namespace: PROJECT, name })
})

test('F-16 who may not list anything else types it, and is told why', async ({
  asServiceAccount,
  cluster,
  namespace,
}) => {
  const page = await asServiceAccount(namespace, ['kubevirt.io:edit'])
  await openWizard(page, namespace)
  await fillGeneralStep(page, { name: 'typed', image: SAMPLE_IMAGE })
  await page.getByRole('radio', { name: 'URL' }).check()
  await page.getByRole('textbox', { name: 'Image URL' }).fill('https://example.com/os.qcow2')
  await page.getByRole('textbox', { name: 'Secret with credentials' }).fill('endpoint-secret')
  await page.getByRole('textbox', { name: 'Certificates' }).fill('tls-certs')
  await expect(page.getByText(WHY).first()).toBeVisible()
  await dontStart(page)
  await expectAccessible(page)
  await next(page)
  await page.getByRole('button', { name: 'Create NIC' }).click()
  await page.getByRole('combobox', { name: 'Network configuration' }).fill('shared/lan')
  await expect(page.getByText(WHY)).toBeVisible()
  await page.getByRole('button', { name: 'Keep changes to nic1' }).click()
  await next(page)
  await page.getByRole('button', { name: 'Attach disk' }).click()
  await page.getByRole('textbox', { name: 'PersistentVolumeClaim' }).fill('data')
  await expect(page.getByText(WHY)).toBeVisible()
  await page.getByRole('button', { name: 'Keep changes to disk-1' }).click()
  await page.getByRole('button', { name: 'Edit rootdisk' }).click()
  // Everybody who is signed in may read these, as in OpenShift.
  await page.getByRole('combobox', { name: 'Storage class' }).selectOption('local')
  await expectAccessible(page)
  await next(page)
  const { spec } = await createAndGet(page, cluster, { namespace, name: 'typed' })
  expect(spec.dataVolumeTemplates?.[0]?.spec).toMatchObject({
    source: { http: { secretRef: 'endpoint-secret', certConfigMap: 'tls-certs' } },
    storage: { storageClassName: 'local' },
  })
  expect(spec.template?.spec).toMatchObject({
    networks: [{ pod: {} }, { multus: { networkName: 'shared/lan' } }],
    volumes: [{}, { persistentVolumeClaim: { claimName: 'data' } }],
  })
})
