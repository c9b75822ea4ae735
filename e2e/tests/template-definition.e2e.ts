import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KubernetesClient, RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import { createTransport, loadKubeconfig } from '@virtdeck/kubernetes/node'
import type { Template } from '@virtdeck/kubevirt'
import { parse } from 'yaml'
import { startApiServer, type ApiServer } from '../support/api-server.ts'
import { expect, expectAccessible, signInWith, test } from '../support/test.ts'
import { ROOT, startVirtdeck, tokenOf, type Virtdeck } from '../support/virtdeck.ts'
import { createAndGet, dontStart, nameField, next, openWizard } from '../support/wizard.ts'

/*
 * A cluster that knows no templates, as most do that are not OpenShift: the console's manifests
 * bring the kind, and the console fills in the parameters itself.
 */
test.describe('F-10 F-60 a cluster without templates', () => {
  let server: ApiServer
  let virtdeck: Virtdeck
  test.beforeAll(async () => {
    server = await startApiServer([
      'templates.template.openshift.io',
      'processedtemplates.template.openshift.io',
    ])
    virtdeck = await startVirtdeck({ args: ['--kubeconfig', server.kubeconfig] })
  })
  test.afterAll(async () => {
    await virtdeck?.stop()
    await server?.stop()
  })

  test('says so, and learns them from the definition', async ({ browser }) => {
    const context = await browser.newContext({ baseURL: virtdeck.url, locale: 'en-US' })
    const page = await context.newPage()
    await signInWith(page, await tokenOf('admin', server.dataDirectory), virtdeck.url)
    await page.goto('/templates')
    await expect(
      page.getByRole('heading', { name: 'Templates: not known to this cluster' }),
    ).toBeVisible()
    await expectAccessible(page)
    await openWizard(page, 'development')
    await expect(nameField(page)).toBeVisible()
    await expect(page.getByRole('combobox', { name: 'Template' })).toBeHidden()

    const cluster = new KubernetesClient(
      createTransport(await loadKubeconfig(server.kubeconfig)),
    )
    await cluster.create(RESOURCES.customResourceDefinitions, await definition())
    // The cluster takes a moment to serve a kind that is new to it.
    await expect(() => cluster.create(RESOURCES.templates, template)).toPass({
      timeout: 15_000,
    })

    await page.goto('/templates')
    await page.getByRole('link', { name: 'small-web' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'small-web' })).toBeVisible()
    await openWizard(page, 'development', 'development/small-web')
    await nameField(page).fill('from-template')
    await dontStart(page)
    await next(page, 3)
    const target = { namespace: 'development', name: 'from-template' }
    const { metadata, spec } = await createAndGet(page, cluster, target)
    expect(metadata?.labels).toMatchObject({ made: 'by-template', tier: 'web' })
    expect(spec.template?.spec?.domain.cpu?.cores).toBe(2)
    await context.close()
  })
})

async function definition(): Promise<KubernetesObject> {
  const file = join(ROOT, 'docker/template-definition/definition.yaml')
  return parse(await readFile(file, 'utf8')) as KubernetesObject
}

const template: Template = {
  apiVersion: 'template.openshift.io/v1',
  kind: 'Template',
  metadata: { name: 'small-web', namespace: 'development' },
  labels: { made: 'by-template' },
  parameters: [
    { name: 'NAME', generate: 'expression', from: 'web-[a-z0-9]{6}' },
    { name: 'TIER', value: 'web' },
    { name: 'CORES', value: '2' },
  ],
  objects: [
    {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name: '${NAME}', labels: { tier: '${TIER}' } },
      spec: {
        runStrategy: 'Halted',
        template: {
          metadata: { annotations: { 'vm.kubevirt.io/os': 'fedora' } },
          spec: {
            domain: {
              cpu: { cores: '${{CORES}}' },
              memory: { guest: '2Gi' },
              devices: {
                disks: [{ name: 'rootdisk', disk: { bus: 'virtio' } }],
                interfaces: [{ name: 'default', masquerade: {} }],
              },
            },
            networks: [{ name: 'default', pod: {} }],
            volumes: [
              {
                name: 'rootdisk',
                containerDisk: { image: 'quay.io/containerdisks/fedora:41' },
              },
            ],
          },
        },
      },
    },
  ],
}
