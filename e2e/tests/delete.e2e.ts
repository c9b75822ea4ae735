import { RESOURCES, type KubernetesObject, type ResourceRef } from '@virtdeck/kubernetes'
import { clickRowAction, expectRowVisible } from '../support/table.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { virtualMachine } from '../support/virtual-machine.ts'

const claim = (name: string, namespace: string): KubernetesObject => ({
  metadata: { name, namespace },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '16Mi' } } },
})

/** A stopped VM that uses these claims; `templates` are made with it. */
function machineWith(
  name: string,
  options: { namespace: string; claims: readonly string[]; templates?: readonly string[] },
): KubernetesObject {
  const { namespace, claims, templates = [] } = options
  const machine = virtualMachine({ name, namespace }) as {
    spec: {
      dataVolumeTemplates?: object[]
      template: { spec: { volumes: object[]; domain: { devices: { disks: object[] } } } }
    }
  }
  const { volumes, domain } = machine.spec.template.spec
  for (const claimName of claims) {
    volumes.push({ name: claimName, persistentVolumeClaim: { claimName } })
  }
  for (const template of templates) {
    volumes.push({ name: template, dataVolume: { name: template } })
  }
  for (const disk of [...claims, ...templates]) {
    domain.devices.disks.push({ name: disk, disk: { bus: 'virtio' } })
  }
  machine.spec.dataVolumeTemplates = templates.map((template) => ({
    metadata: { name: template },
    spec: { source: { blank: {} }, storage: { resources: { requests: { storage: '16Mi' } } } },
  }))
  return machine
}

test('F-33 what goes with a VM and what stays is chosen, carried out and reported', async ({
  page,
  cluster,
  namespace,
}) => {
  for (const name of ['data', 'shared']) {
    await cluster.create(RESOURCES.persistentVolumeClaims, claim(name, namespace))
  }
  await cluster.create(RESOURCES.services, {
    metadata: { name: 'db-ssh', namespace },
    spec: { selector: { 'vm.kubevirt.io/name': 'db' }, ports: [{ port: 22 }] },
  })
  const templates = ['db-root', 'db-swap']
  await cluster.create(
    RESOURCES.virtualMachines,
    machineWith('db', { namespace, claims: ['data', 'shared'], templates }),
  )
  await cluster.create(
    RESOURCES.virtualMachines,
    machineWith('web', { namespace, claims: ['shared'] }),
  )
  const exists = async (resource: ResourceRef, name: string) => {
    const { items } = await cluster.list(resource, { namespace })
    return items.some(({ metadata }) => metadata?.name === name)
  }
  await expect.poll(() => exists(RESOURCES.persistentVolumeClaims, 'db-root')).toBe(true)
  await expect.poll(() => exists(RESOURCES.persistentVolumeClaims, 'db-swap')).toBe(true)

  await page.goto(`/virtual-machines?namespace=${namespace}`)
  await clickRowAction(page, 'db', 'Delete')
  const dialog = page.getByRole('dialog', { name: /Delete db/ })
  const table = dialog.getByRole('grid', { name: 'What belongs to it' })
  const choice = (name: string) => table.getByRole('checkbox', { name })
  await expect(choice('db-root')).toBeChecked()
  await expect(choice('data')).not.toBeChecked()
  await expect(choice('shared')).toBeDisabled()
  await expectRowVisible(table, { 'What happens': 'Kept: web uses it.' })
  await expectAccessible(page)

  await choice('db-root').uncheck()
  await choice('data').check()
  await choice('db-ssh').check()
  await dialog.getByRole('button', { name: 'Show all' }).click()
  for (const command of [
    'kubectl patch datavolume db-root',
    'kubectl delete virtualmachine db',
    'kubectl delete persistentvolumeclaim data',
  ]) {
    await expect(dialog).toContainText(command)
  }
  // The network fails once, when the VM is gone already.
  const request = `**/persistentvolumeclaims/data`
  await page.route(request, (route) => route.abort(), { times: 1 })
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(dialog.getByText('Not everything was done')).toBeVisible()
  await expectRowVisible(table, { 'Delete with it': /data/, 'What happens': /Failed/ })
  await dialog.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('db is being deleted')).toBeVisible()

  await expect.poll(() => exists(RESOURCES.virtualMachines, 'db')).toBe(false)
  await expect.poll(() => exists(RESOURCES.dataVolumes, 'db-swap')).toBe(false)
  await expect.poll(() => exists(RESOURCES.persistentVolumeClaims, 'data')).toBe(false)
  await expect.poll(() => exists(RESOURCES.services, 'db-ssh')).toBe(false)
  expect(await exists(RESOURCES.dataVolumes, 'db-root')).toBe(true)
  expect(await exists(RESOURCES.persistentVolumeClaims, 'db-root')).toBe(true)
  expect(await exists(RESOURCES.persistentVolumeClaims, 'shared')).toBe(true)
})

test('F-33 many VMs are deleted, and all their disks are kept', async ({
  page,
  cluster,
  namespace,
}) => {
  for (const name of ['one', 'two']) {
    const machine = machineWith(name, { namespace, claims: [], templates: [`${name}-root`] })
    await cluster.create(RESOURCES.virtualMachines, machine)
  }
  const names = async (resource: ResourceRef) =>
    (await cluster.list(resource, { namespace })).items.map(({ metadata }) => metadata?.name)
  await expect
    .poll(() => names(RESOURCES.persistentVolumeClaims))
    .toEqual(['one-root', 'two-root'])
  await page.goto(`/virtual-machines?namespace=${namespace}`)
  await page.getByRole('checkbox', { name: 'Select all rows' }).check()
  await page.getByRole('button', { name: 'Delete (2)' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Keep all disks' }).check()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(dialog.getByText('Done: 2')).toBeVisible()
  await expect.poll(() => names(RESOURCES.virtualMachines)).toEqual([])
  expect(await names(RESOURCES.dataVolumes)).toEqual(['one-root', 'two-root'])
})
