import type { ParseKeys } from 'i18next'
import { paths } from '../paths.ts'

interface NavigationEntry {
  label: ParseKeys
  /** Lists of namespaced resources keep the chosen project. */
  to: (project: { namespace?: string | undefined }) => string
}

interface NavigationGroup {
  id: string
  label: ParseKeys
  entries: readonly NavigationEntry[]
}

export const NAVIGATION: readonly NavigationGroup[] = [
  {
    id: 'home',
    label: 'shell.navigation.home',
    entries: [{ label: 'resources.projects.title', to: paths.projects }],
  },
  {
    id: 'workloads',
    label: 'shell.navigation.workloads',
    entries: [
      { label: 'virtualMachine.list.title', to: paths.virtualMachines },
      {
        label: 'resources.virtualMachineInstances.title',
        to: paths.virtualMachineInstances,
      },
      { label: 'resources.templates.title', to: paths.templates },
      { label: 'resources.pods.title', to: paths.pods },
    ],
  },
  {
    id: 'storage',
    label: 'shell.navigation.storage',
    entries: [
      { label: 'resources.persistentVolumeClaims.title', to: paths.persistentVolumeClaims },
      { label: 'resources.dataVolumes.title', to: paths.dataVolumes },
    ],
  },
  {
    id: 'networking',
    label: 'shell.navigation.networking',
    entries: [
      {
        label: 'resources.networkAttachmentDefinitions.title',
        to: paths.networkAttachmentDefinitions,
      },
      { label: 'resources.services.title', to: paths.services },
    ],
  },
  {
    id: 'compute',
    label: 'shell.navigation.compute',
    entries: [{ label: 'resources.nodes.title', to: paths.nodes }],
  },
  {
    id: 'administration',
    label: 'shell.navigation.administration',
    entries: [
      { label: 'resources.storageClasses.title', to: paths.storageClasses },
      { label: 'resources.serviceAccounts.title', to: paths.serviceAccounts },
    ],
  },
]
