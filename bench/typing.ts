/**
 * Measures how long a key takes to show in the editors for YAML and in the wizard: milliseconds
 * from the press to the frame that follows it, in a real browser. The goal is 50.
 *
 *   node bench/typing.ts [--keys 60] [--lines 5000]
 *   node bench/typing.ts --url http://… --data-dir DIR   measures a Virtdeck that runs already
 */
import { parseArgs } from 'node:util'
import type { Page } from '@playwright/test'
import { KubernetesClient, RESOURCES } from '@virtdeck/kubernetes'
import { createTransport, loadKubeconfig } from '@virtdeck/kubernetes/node'
import { virtualMachine } from '../e2e/support/virtual-machine.ts'
import { removeDataDirectory, startVirtdeck } from '../e2e/support/virtdeck.ts'
import { fillGeneralStep, nameField, openWizard } from '../e2e/support/wizard.ts'
import { launchBrowser, openPage } from './support/browser.ts'
import { typingLatency, type Latency } from './support/key-latency.ts'

const { values } = parseArgs({
  options: {
    keys: { type: 'string', default: '60' },
    lines: { type: 'string', default: '5000' },
    url: { type: 'string' },
    'data-dir': { type: 'string' },
  },
})
const LINES = Number(values.lines)
const SENTENCE = 'the quick brown fox jumps over the lazy dog '
const TYPED = SENTENCE.repeat(100).slice(0, Number(values.keys))
const NAMESPACE = 'default'
const LONG = 'bench-long'

async function start() {
  const { url, 'data-dir': dataDirectory } = values
  if (url === undefined || dataDirectory === undefined) {
    const virtdeck = await startVirtdeck({ args: ['--simulated'] })
    const end = async () => {
      await virtdeck.stop()
      await removeDataDirectory(virtdeck.dataDirectory)
    }
    return { url: virtdeck.url, dataDirectory: virtdeck.dataDirectory, end }
  }
  return { url, dataDirectory, end: async () => {} }
}

const { url, dataDirectory, end } = await start()
const kubeconfig = await loadKubeconfig(`${dataDirectory}/kubeconfig`)
const cluster = new KubernetesClient(createTransport(kubeconfig))
const browser = await launchBrowser()

/** A virtual machine as text, with as many annotations as make it so long. */
const document = (name: string, lines: number): string =>
  [
    'apiVersion: kubevirt.io/v1',
    'kind: VirtualMachine',
    'metadata:',
    `  name: ${name}`,
    '  annotations:',
    ...Array.from({ length: lines - 15 }, (_, index) => `    example.org/${index}: v${index}`),
    'spec:',
    '  runStrategy: Halted',
    '  template:',
    '    spec:',
    '      domain:',
    '        devices: {}',
    '        memory:',
    '          guest: 1Gi',
    '      terminationGracePeriodSeconds: 5',
    '---',
  ].join('\n')

async function openEditor(): Promise<Page> {
  const page = await openPage(browser, { url, dataDirectory })
  page.on('dialog', (dialog) => void dialog.accept())
  return page
}

/** Waits until the editor is there and says what the cluster's schema says. */
async function openLineBelowName(page: Page): Promise<void> {
  await page.getByText('VirtualMachine', { exact: true }).first().waitFor()
  await page.locator('.view-line').filter({ hasText: 'name:' }).first().click()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(3_000)
}

const rows: Record<string, Latency> = {}

async function inCreateEditor(name: string, text: string): Promise<void> {
  const page = await openEditor()
  await page.goto(`/import-yaml?namespace=${NAMESPACE}`)
  await page.getByText('runStrategy').waitFor()
  const file = { name: 'long.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) }
  await page.getByLabel('Choose files').last().setInputFiles(file)
  await openLineBelowName(page)
  rows[name] = await typingLatency(page, TYPED)
  await page.context().close()
}

/** The wizard's General step with its cloud-init script. */
async function inWizard(): Promise<void> {
  const page = await openEditor()
  await openWizard(page, NAMESPACE)
  await fillGeneralStep(page, { name: 'typed', image: 'localhost/virtdeck/tiny-linux:latest' })
  await nameField(page).fill('')
  rows['wizard, name'] = await typingLatency(page, TYPED.replaceAll(' ', '-'))
  await page.getByRole('textbox', { name: 'Description' }).focus()
  rows['wizard, description'] = await typingLatency(page, TYPED)
  await page.getByRole('checkbox', { name: /^Use cloud-init/ }).check()
  await page.getByRole('radio', { name: 'Use custom script' }).check()
  const script = page.getByRole('textbox', { name: 'Custom script' })
  // As long as KubeVirt takes it.
  await script.fill(`#cloud-config\nruncmd:\n${'  - echo a line of it\n'.repeat(85)}  - echo `)
  rows['wizard, script'] = await typingLatency(page, TYPED)
  await page.context().close()
}

/** The same with a template: its rules are checked and it has a machine of its own. */
async function inWizardWithTemplate(): Promise<void> {
  const page = await openEditor()
  await openWizard(page, NAMESPACE, 'openshift/fedora-server-small')
  await page.getByRole('textbox', { name: 'Custom script' }).waitFor()
  await nameField(page).fill('')
  rows['wizard with template, name'] = await typingLatency(page, TYPED.replaceAll(' ', '-'))
  await page.getByRole('textbox', { name: 'Custom script' }).focus()
  rows['wizard with template, script'] = await typingLatency(page, TYPED)
  await page.context().close()
}

/** The YAML tab of a virtual machine that is so long. */
async function inYamlTab(): Promise<void> {
  const machine = virtualMachine({ name: LONG, namespace: NAMESPACE })
  const annotations = Object.fromEntries(
    Array.from({ length: LINES }, (_, index) => [`example.org/${index}`, `v${index}`]),
  )
  machine.metadata = { ...machine.metadata, annotations }
  await cluster.create(RESOURCES.virtualMachines, machine)
  const page = await openEditor()
  await page.goto(`/virtual-machines/${NAMESPACE}/${LONG}/yaml`)
  await openLineBelowName(page)
  rows[`YAML tab, ${LINES} lines`] = await typingLatency(page, TYPED)
  await page.context().close()
  await cluster.delete(RESOURCES.virtualMachines, { namespace: NAMESPACE, name: LONG })
}

try {
  await inCreateEditor('Create from YAML, 20 lines', document('short', 20))
  await inCreateEditor(`Create from YAML, ${LINES} lines`, document('long', LINES))
  const many = Array.from({ length: Math.ceil(LINES / 40) }, (_, i) => document(`vm-${i}`, 40))
  await inCreateEditor(`${LINES} lines, ${many.length} documents`, many.join('\n'))
  await inYamlTab()
  await inWizard()
  await inWizardWithTemplate()
} finally {
  console.table(rows)
  await browser.close()
  await end()
}
