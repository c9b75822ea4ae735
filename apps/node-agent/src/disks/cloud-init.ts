import { createHash } from 'node:crypto'

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

/**
 * The config drive data source in OpenStack's form: a volume labelled `config-2`.
 */
export function configDriveFiles(
  source: CloudInitSource,
  instance: CloudInitInstance,
): Record<string, string> {
  const { hostname, name, namespace } = instance
  const metadata = { uuid: `${name}.${namespace}`, hostname }
  const files: Record<string, string> = {
    'openstack/latest/meta_data.json': JSON.stringify(metadata),
    'openstack/latest/user_data': source.userData ?? '#cloud-config\n',
  }
  if (source.networkData !== undefined) {
    files['openstack/latest/network_data.json'] = source.networkData
  }
  return files
}
