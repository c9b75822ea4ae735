/** The only place with URLs of the console. The snapshot test beside it is the sitemap. */

type Query = Record<string, string | undefined>

function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value) search.set(key, value)
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}

/** List pages keep the chosen project in the URL; without one they show all projects. */
interface InNamespace {
  namespace?: string | undefined
}

interface CreateFrom extends InNamespace {
  template?: string | undefined
}

interface ObjectPath {
  namespace: string
  name: string
}

const list =
  (path: string) =>
  ({ namespace }: InNamespace = {}) =>
    withQuery(path, { namespace })

const virtualMachine = ({ namespace, name }: ObjectPath): string =>
  `/virtual-machines/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`

const template = ({ namespace, name }: ObjectPath): string =>
  `/templates/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`

const pod = ({ namespace, name }: ObjectPath): string =>
  `/pods/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`

const virtualMachineInstance = ({ namespace, name }: ObjectPath): string =>
  `/virtual-machine-instances/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`

export const paths = {
  home: () => '/',
  login: ({ next }: { next?: string | undefined } = {}) => withQuery('/login', { next }),
  projects: () => '/projects',
  virtualMachines: list('/virtual-machines'),
  /** With a template, `namespace/name`, the wizard begins with what that says. */
  virtualMachineCreate: ({ namespace, template: from }: CreateFrom = {}) =>
    withQuery('/virtual-machines/create', { namespace, template: from }),
  virtualMachine,
  virtualMachineConfiguration: (vm: ObjectPath) => `${virtualMachine(vm)}/configuration`,
  virtualMachineYaml: (vm: ObjectPath) => `${virtualMachine(vm)}/yaml`,
  virtualMachineConsoles: (vm: ObjectPath) => `${virtualMachine(vm)}/consoles`,
  /** A console that has a window to itself. */
  consoleWindow: ({ namespace, name, kind }: ObjectPath & { kind?: string }) =>
    withQuery(`/consoles/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`, {
      kind,
    }),
  /** Consoles of several VMs side by side. */
  consoles: ({ virtualMachines }: { virtualMachines: readonly ObjectPath[] }) =>
    withQuery('/consoles', {
      show: virtualMachines.map((vm) => `${vm.namespace}/${vm.name}`).join(','),
    }),
  virtualMachineDisks: (vm: ObjectPath) => `${virtualMachine(vm)}/disks`,
  virtualMachineNetworkInterfaces: (vm: ObjectPath) =>
    `${virtualMachine(vm)}/network-interfaces`,
  virtualMachineSnapshots: (vm: ObjectPath) => `${virtualMachine(vm)}/snapshots`,
  virtualMachineEvents: (vm: ObjectPath) => `${virtualMachine(vm)}/events`,
  virtualMachineLogs: (vm: ObjectPath) => `${virtualMachine(vm)}/logs`,
  virtualMachineActivity: (vm: ObjectPath) => `${virtualMachine(vm)}/activity`,
  /** Those without a VM. */
  virtualMachineInstances: list('/virtual-machine-instances'),
  virtualMachineInstance,
  virtualMachineInstanceYaml: (path: ObjectPath) => `${virtualMachineInstance(path)}/yaml`,
  virtualMachineInstanceConsoles: (path: ObjectPath) =>
    `${virtualMachineInstance(path)}/consoles`,
  virtualMachineInstanceLogs: (path: ObjectPath) => `${virtualMachineInstance(path)}/logs`,
  virtualMachineInstanceEvents: (path: ObjectPath) => `${virtualMachineInstance(path)}/events`,
  templates: list('/templates'),
  /** With a template, `namespace/name`, the wizard begins with what that says. */
  templateCreate: ({ namespace, template: from }: CreateFrom = {}) =>
    withQuery('/templates/create', { namespace, template: from }),
  template,
  templateYaml: (path: ObjectPath) => `${template(path)}/yaml`,
  templateDisks: (path: ObjectPath) => `${template(path)}/disks`,
  templateNetworkInterfaces: (path: ObjectPath) => `${template(path)}/network-interfaces`,
  /** The example to begin with is a VM, or a template of one. */
  importYaml: ({ namespace, example }: InNamespace & { example?: 'template' } = {}) =>
    withQuery('/import-yaml', { namespace, example }),
  pods: list('/pods'),
  pod,
  podLogs: (path: ObjectPath) => `${pod(path)}/logs`,
  podTerminal: (path: ObjectPath) => `${pod(path)}/terminal`,
  podEvents: (path: ObjectPath) => `${pod(path)}/events`,
  persistentVolumeClaims: list('/persistent-volume-claims'),
  dataVolumes: list('/data-volumes'),
  networkAttachmentDefinitions: list('/network-attachment-definitions'),
  services: list('/services'),
  nodes: () => '/nodes',
  /** The list of nodes, narrowed to one; nodes have no page of their own yet. */
  node: (name: string) => withQuery('/nodes', { search: name }),
  storageClasses: () => '/storage-classes',
  serviceAccounts: list('/service-accounts'),
}
