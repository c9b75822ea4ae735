import { RESOURCES } from '@virtdeck/kubernetes'
import { expect, expectAccessible, test } from '../support/test.ts'
import { virtualMachine } from '../support/virtual-machine.ts'

test('F-30 a change made elsewhere is merged, place by place, and nothing is overwritten', async ({
  page,
  cluster,
  namespace,
}) => {
  const target = { namespace, name: 'shared' }
  await cluster.create(RESOURCES.virtualMachines, virtualMachine(target))
  await page.goto(`/virtual-machines/${namespace}/shared/yaml`)
  const editor = page.getByRole('textbox', { name: 'YAML of shared' })
  await expect(editor).toBeAttached()

  /** Puts one text in place of another, as somebody with the editor's search would. */
  const replace = async (from: string, to: string) => {
    await editor.focus()
    await page.keyboard.press('Control+h')
    const find = page.getByRole('textbox', { name: 'Find' })
    await find.fill(from)
    await page.getByRole('textbox', { name: 'Replace' }).fill(to)
    await page.keyboard.press('Control+Alt+Enter')
    await page.keyboard.press('Escape')
  }
  await replace('terminationGracePeriodSeconds: 20', 'terminationGracePeriodSeconds: 40')
  await replace('guest: 128Mi', 'guest: 256Mi')

  await cluster.patch(RESOURCES.virtualMachines, target, {
    metadata: { labels: { team: 'elsewhere' } },
    spec: { template: { spec: { domain: { memory: { guest: '192Mi' } } } } },
  })
  await expect(page.getByText('It was changed elsewhere meanwhile')).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Not saved: it was changed elsewhere meanwhile.')).toBeVisible()

  await page.getByRole('button', { name: 'Merge' }).click()
  const dialog = page.getByRole('dialog', { name: 'Merge with the changes made elsewhere' })
  await expect(dialog.getByText('1 place was changed by both')).toBeVisible()
  await expect(dialog.getByText(/Taken over from elsewhere: .*metadata\.labels/)).toBeVisible()
  const use = dialog.getByRole('button', { name: 'Take the result into the editor' })
  await expect(use).toBeDisabled()
  const place = 'spec.template.spec.domain.memory.guest'
  await dialog.getByRole('radio', { name: new RegExp(`^Theirs.*${place}$`) }).check()
  await expectAccessible(page)
  await use.click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved as version')).toBeVisible()

  const saved = await cluster.get(RESOURCES.virtualMachines, target)
  expect(saved).toMatchObject({
    metadata: { labels: { team: 'elsewhere' } },
    spec: {
      template: {
        spec: {
          terminationGracePeriodSeconds: 40,
          domain: { memory: { guest: '192Mi' } },
        },
      },
    },
  })
})
