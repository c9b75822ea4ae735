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

export const paths = {
  home: () => '/',
  login: ({ next }: { next?: string | undefined } = {}) => withQuery('/login', { next }),
  projects: () => '/projects',
  virtualMachines: list('/virtual-machines'),
  /** With a template, `namespace/name`, the wizard begins with what that says. */
  virtualMachineCreate: ({ namespace, template: from }: CreateFrom = {}) =>
    withQuery('/virtual-machines/create', { namespace, template: from }),
  virtualMachine,
  virtualMachineYaml: (vm: ObjectPath) => `${virtualMachine(vm)}/yaml`,
  virtualMachineConsoles: (vm: ObjectPath) => `${virtualMachine(vm)}/consoles`,
  virtualMachineEvents: (vm: ObjectPath) => `${virtualMachine(vm)}/events`,
  templates: list('/templates'),
  template,
  templateYaml: (path: ObjectPath) => `${template(path)}/yaml`,
  templateDisks: (path: ObjectPath) => `${template(path)}/disks`,
  templateNetworkInterfaces: (path: ObjectPath) => `${template(path)}/network-interfaces`,
  importYaml: list('/import-yaml'),
  pods: list('/pods'),
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
