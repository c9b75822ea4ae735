import { expect, type Page } from '@playwright/test'
import type { KubernetesClient } from '@virtdeck/kubernetes'
import { RESOURCES } from '@virtdeck/kubernetes'
import type { VirtualMachine } from '@virtdeck/kubevirt'

/** Opens the create wizard in a project, with a template where one is named. */
export async function openWizard(
  page: Page,
  namespace: string,
  template?: string,
): Promise<void> {
  const query = new URLSearchParams({ namespace, ...(template && { template }) })
  await page.goto(`/virtual-machines/create?${query}`)
}

interface GeneralStep {
  name: string
  image: string
  operatingSystem?: string
}

export const nameField = (page: Page) =>
  page.getByRole('textbox', { name: 'Name', exact: true })

/** Fills what the General step requires for the source Container. */
export async function fillGeneralStep(page: Page, values: GeneralStep): Promise<void> {
  await nameField(page).fill(values.name)
  await page.getByRole('radio', { name: 'Container' }).check()
  await page.getByRole('combobox', { name: 'Container image' }).fill(values.image)
  const system = values.operatingSystem ?? 'Linux (sample)'
  await page.getByRole('combobox', { name: 'Operating system' }).selectOption({ label: system })
}

/** Types into a field that searches among many, and chooses what is left. */
export async function searchAndChoose(
  page: Page,
  label: string,
  { search, option }: { search: string; option: string | RegExp },
): Promise<void> {
  const field = page.getByRole('combobox', { name: label })
  await field.click()
  await field.fill(search)
  await page.getByRole('option', { name: option }).click()
}

/** Leaves the VM off: what was created can be read at leisure. */
export async function dontStart(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'Start virtual machine on creation' }).uncheck()
}

export async function next(page: Page, steps = 1): Promise<void> {
  for (let step = 0; step < steps; step += 1) {
    await page.getByRole('button', { name: 'Next' }).click()
  }
}

/** Presses Create on Review and resolves with the VM as the cluster has it. */
export async function createAndGet(
  page: Page,
  cluster: KubernetesClient,
  target: { namespace: string; name: string },
): Promise<VirtualMachine> {
  await page.getByRole('button', { name: 'Create virtual machine' }).click()
  const heading = `Virtual machine ${target.name} was created`
  await expect(page.getByRole('heading', { name: heading })).toBeVisible()
  return cluster.get<VirtualMachine>(RESOURCES.virtualMachines, target)
}
