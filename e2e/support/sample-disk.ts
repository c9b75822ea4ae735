import { createReadStream, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { RESOURCES, type KubernetesClient } from '@virtdeck/kubernetes'
import { expect } from '@playwright/test'
import { dataDirectory } from './kubernetes.ts'

/** The sample guest's disk, as the node agents keep it. */
function sampleDisk(): string {
  const disks = join(dataDirectory(), 'images/disks')
  const [id = ''] = readdirSync(disks)
  return join(disks, id, 'disk.qcow2')
}

/** Imports the sample guest's disk into a claim. */
export async function importSampleDisk(
  cluster: KubernetesClient,
  { namespace, name }: { namespace: string; name: string },
): Promise<void> {
  const server = createServer((_request, response) => {
    createReadStream(sampleDisk()).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = server.address() as AddressInfo
    await cluster.create(RESOURCES.dataVolumes, {
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: { name, namespace },
      spec: {
        source: { http: { url: `http://127.0.0.1:${port}/disk.qcow2` } },
        storage: { resources: { requests: { storage: '1Gi' } } },
      },
    })
    const phase = async () => {
      const { status } = await cluster.get(RESOURCES.dataVolumes, { namespace, name })
      return (status as { phase?: string } | undefined)?.phase
    }
    await expect.poll(phase, { timeout: 90_000 }).toBe('Succeeded')
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
