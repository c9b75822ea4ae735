import { createBrowserRouter, type RouteObject } from 'react-router'
import { Shell } from './layouts/Shell.tsx'
import { SessionGate } from './layouts/SessionGate.tsx'
import { RouteError } from './layouts/RouteError.tsx'
import { Loading } from './ui/Loading.tsx'

/** A route module: a default component, and a `handle` for breadcrumb and page title. */
type Module = { default: React.ComponentType; handle?: unknown }

/** Everything below the shell is its own chunk, loaded when it is first opened. */
const lazy = (load: () => Promise<Module>) => async () => {
  const { default: Component, handle } = await load()
  return { Component, handle }
}

const virtualMachineTabs: RouteObject[] = [
  {
    index: true,
    lazy: lazy(() => import('./pages/virtual-machines/tabs/OverviewTab.tsx')),
  },
  {
    path: 'configuration',
    lazy: lazy(() => import('./pages/virtual-machines/tabs/ConfigurationTab.tsx')),
  },
  { path: 'yaml', lazy: lazy(() => import('./pages/virtual-machines/tabs/YamlTab.tsx')) },
  { path: 'disks', lazy: lazy(() => import('./pages/virtual-machines/tabs/DisksTab.tsx')) },
  {
    path: 'network-interfaces',
    lazy: lazy(() => import('./pages/virtual-machines/tabs/NetworkInterfacesTab.tsx')),
  },
  {
    path: 'snapshots',
    lazy: lazy(() => import('./pages/virtual-machines/tabs/SnapshotsTab.tsx')),
  },
  { path: 'consoles', lazy: lazy(() => import('./consoles/ConsolesTab.tsx')) },
  { path: 'events', lazy: lazy(() => import('./pages/virtual-machines/tabs/EventsTab.tsx')) },
  { path: 'logs', lazy: lazy(() => import('./pages/virtual-machines/tabs/LogsTab.tsx')) },
  { path: 'activity', lazy: lazy(() => import('./activity/ActivityTab.tsx')) },
]

const virtualMachineInstanceTabs: RouteObject[] = [
  {
    index: true,
    lazy: lazy(() => import('./pages/virtual-machine-instances/tabs/OverviewTab.tsx')),
  },
  {
    path: 'yaml',
    lazy: lazy(() => import('./pages/virtual-machine-instances/tabs/YamlTab.tsx')),
  },
  { path: 'consoles', lazy: lazy(() => import('./consoles/ConsolesTab.tsx')) },
  { path: 'events', lazy: lazy(() => import('./pages/virtual-machines/tabs/EventsTab.tsx')) },
  { path: 'logs', lazy: lazy(() => import('./pages/virtual-machines/tabs/LogsTab.tsx')) },
]

const podTabs: RouteObject[] = [
  { index: true, lazy: lazy(() => import('./pages/workloads/pod-tabs/DetailsTab.tsx')) },
  { path: 'logs', lazy: lazy(() => import('./pages/workloads/pod-tabs/LogsTab.tsx')) },
  { path: 'terminal', lazy: lazy(() => import('./pages/workloads/pod-tabs/TerminalTab.tsx')) },
  { path: 'events', lazy: lazy(() => import('./pages/workloads/pod-tabs/EventsTab.tsx')) },
]

const templateTabs: RouteObject[] = [
  { index: true, lazy: lazy(() => import('./pages/templates/tabs/DetailsTab.tsx')) },
  { path: 'yaml', lazy: lazy(() => import('./pages/templates/tabs/YamlTab.tsx')) },
  { path: 'disks', lazy: lazy(() => import('./pages/templates/tabs/DisksTab.tsx')) },
  {
    path: 'network-interfaces',
    lazy: lazy(() => import('./pages/templates/tabs/NetworkInterfacesTab.tsx')),
  },
]

const pages: RouteObject[] = [
  { index: true, lazy: lazy(() => import('./pages/home/HomePage.tsx')) },
  { path: 'projects', lazy: lazy(() => import('./pages/home/ProjectsPage.tsx')) },
  {
    path: 'virtual-machines',
    lazy: lazy(() => import('./pages/virtual-machines/VirtualMachinesPage.tsx')),
  },
  {
    path: 'virtual-machines/create',
    lazy: lazy(() => import('./forms/virtual-machine-create/VirtualMachineCreatePage.tsx')),
  },
  {
    path: 'virtual-machines/:namespace/:name',
    lazy: lazy(() => import('./pages/virtual-machines/VirtualMachinePage.tsx')),
    children: virtualMachineTabs,
  },
  {
    path: 'virtual-machine-instances',
    lazy: lazy(
      () => import('./pages/virtual-machine-instances/VirtualMachineInstancesPage.tsx'),
    ),
  },
  {
    path: 'virtual-machine-instances/:namespace/:name',
    lazy: lazy(
      () => import('./pages/virtual-machine-instances/VirtualMachineInstancePage.tsx'),
    ),
    children: virtualMachineInstanceTabs,
  },
  { path: 'templates', lazy: lazy(() => import('./pages/templates/TemplatesPage.tsx')) },
  {
    path: 'templates/create',
    lazy: lazy(() => import('./forms/template-create/TemplateCreatePage.tsx')),
  },
  {
    path: 'templates/:namespace/:name',
    lazy: lazy(() => import('./pages/templates/TemplatePage.tsx')),
    children: templateTabs,
  },
  { path: 'import-yaml', lazy: lazy(() => import('./forms/yaml-create/YamlCreatePage.tsx')) },
  { path: 'pods', lazy: lazy(() => import('./pages/workloads/PodsPage.tsx')) },
  {
    path: 'pods/:namespace/:name',
    lazy: lazy(() => import('./pages/workloads/PodPage.tsx')),
    children: podTabs,
  },
  {
    path: 'persistent-volume-claims',
    lazy: lazy(() => import('./pages/storage/PersistentVolumeClaimsPage.tsx')),
  },
  { path: 'data-volumes', lazy: lazy(() => import('./pages/storage/DataVolumesPage.tsx')) },
  {
    path: 'network-attachment-definitions',
    lazy: lazy(() => import('./pages/networking/NetworkAttachmentDefinitionsPage.tsx')),
  },
  { path: 'services', lazy: lazy(() => import('./pages/networking/ServicesPage.tsx')) },
  { path: 'nodes', lazy: lazy(() => import('./pages/compute/NodesPage.tsx')) },
  {
    path: 'storage-classes',
    lazy: lazy(() => import('./pages/administration/StorageClassesPage.tsx')),
  },
  {
    path: 'service-accounts',
    lazy: lazy(() => import('./pages/administration/ServiceAccountsPage.tsx')),
  },
  { path: 'consoles', lazy: lazy(() => import('./consoles/ConsolesPage.tsx')) },
  { path: '*', lazy: lazy(() => import('./layouts/NotFoundPage.tsx')) },
]

export const createRouter = () =>
  createBrowserRouter([
    {
      errorElement: <RouteError />,
      hydrateFallbackElement: <Loading />,
      children: [
        { path: 'login', lazy: lazy(() => import('./pages/login/LoginPage.tsx')) },
        {
          element: <SessionGate />,
          children: [
            {
              path: 'consoles/:namespace/:name',
              lazy: lazy(() => import('./consoles/ConsoleWindowPage.tsx')),
            },
            {
              element: <Shell />,
              children: [{ errorElement: <RouteError />, children: pages }],
            },
          ],
        },
      ],
    },
  ])
