import type { Page } from '@playwright/test'

/** Opens the create wizard in a project. */
export async function openWizard(page: Page, namespace: string): Promise<void> {
  await page.goto(`/virtual-machines/create?namespace=${namespace}`)
}

interface GeneralStep {
  name: string
  image: string
  operatingSystem?: string
}

/** Fills what the General step requires for the source Container. */
export async function fillGeneralStep(page: Page, values: GeneralStep): Promise<void> {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(values.name)
  await page.getByRole('radio', { name: 'Container' }).check()
  await page.getByRole('combobox', { name: 'Container image' }).fill(values.image)
  const system = values.operatingSystem ?? 'Linux (sample)'
  await page.getByRole('combobox', { name: 'Operating system' }).selectOption({ label: system })
}
