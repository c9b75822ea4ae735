import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { KubernetesClient } from '@virtdeck/kubernetes'
import { createTransport, loadKubeconfig } from '@virtdeck/kubernetes/node'

/** A client of the cluster under test, as the administrator: for setting the stage and for asserting. */
export async function clusterClient(): Promise<KubernetesClient> {
  return new KubernetesClient(createTransport(await loadKubeconfig(kubeconfig())))
}

/** The administrator's kubeconfig of the Virtdeck under test. */
export const kubeconfig = (): string => join(dataDirectory(), 'kubeconfig')

/** The data folder of the Virtdeck under test. */
export function dataDirectory(): string {
  const directory = process.env['VIRTDECK_DATA']
  if (directory === undefined) throw new Error('no Virtdeck is running: see global-setup.ts')
  return directory
}

/** The pid of one of Virtdeck's processes, such as `api-server` or `node01`. */
export function pidOf(name: string): number {
  const note = JSON.parse(readFileSync(join(dataDirectory(), 'running.json'), 'utf8')) as {
    processes: Record<string, number>
  }
  const pid = note.processes[name]
  if (pid === undefined) throw new Error(`no process ${name}: ${JSON.stringify(note)}`)
  return pid
}
