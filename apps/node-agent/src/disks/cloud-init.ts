import { createHash } from 'node:crypto'
import { writeIso } from './iso.ts'

export interface CloudInitSource {
  userData?: string
  networkData?: string
}

export interface CloudInitInstance {
  name: string
  namespace: string
  hostname: string
}

/**
 * The NoCloud data source: a volume labelled `cidata`. The instance id stays the same when a VM
 * is started again, so that what runs once per instance runs once.
 * Source: kubevirt `pkg/cloud-init/cloud-init.go`.
 */
export function noCloudFiles(
  source: CloudInitSource,
  instance: CloudInitInstance,
): Record<string, string> {
  const id = createHash('sha1').update(`${instance.name}.${instance.namespace}`).digest('hex')
  const files: Record<string, string> = {
    'meta-data': `instance-id: ${id}\nlocal-hostname: ${instance.hostname}\n`,
    'user-data': source.userData ?? '#cloud-config\n',
  }
  if (source.networkData !== undefined) files['network-config'] = source.networkData
  return files
}

/** Writes the volume as a CD image. */
export function writeNoCloud(
  file: string,
  source: CloudInitSource,
  instance: CloudInitInstance,
): Promise<void> {
  return writeIso({ file, label: 'cidata', content: noCloudFiles(source, instance) })
}
