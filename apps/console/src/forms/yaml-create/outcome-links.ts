import { paths } from '../../paths.ts'
import type { CreationOutcome } from './create-objects.ts'

/** Lists of the kinds that have no pages of their own yet. */
const LISTS: Record<string, (project: { namespace?: string | undefined }) => string> = {
  namespaces: paths.projects,
  pods: paths.pods,
  persistentvolumeclaims: paths.persistentVolumeClaims,
  'datavolumes.cdi.kubevirt.io': paths.dataVolumes,
  'network-attachment-definitions.k8s.cni.cncf.io': paths.networkAttachmentDefinitions,
  services: paths.services,
  serviceaccounts: paths.serviceAccounts,
  'storageclasses.storage.k8s.io': paths.storageClasses,
}

/** Where the console shows an object: its page, or else the list with it. */
export function pathOfOutcome({ resource, object }: CreationOutcome): string | undefined {
  const { name = '', namespace } = object.metadata ?? {}
  const id = [resource.resource, resource.group].filter(Boolean).join('.')
  if (id === 'virtualmachines.kubevirt.io') {
    return paths.virtualMachine({ name, namespace: namespace ?? '' })
  }
  if (id === 'templates.template.openshift.io') {
    return paths.template({ name, namespace: namespace ?? '' })
  }
  return LISTS[id]?.({ namespace })
}
