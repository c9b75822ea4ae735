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

interface VirtualMachinePath {
  namespace: string
  name: string
}

const list =
  (path: string) =>
  ({ namespace }: InNamespace = {}) =>
    withQuery(path, { namespace })

const virtualMachine = ({ namespace, name }: VirtualMachinePath): string =>
  `/virtual-machines/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`

export const paths = {
  home: () => '/',
  login: ({ next }: { next?: string | undefined } = {}) => withQuery('/login', { next }),
  projects: () => '/projects',
  virtualMachines: list('/virtual-machines'),
  virtualMachineCreate: list('/virtual-machines/create'),
  virtualMachine,
  virtualMachineYaml: (vm: VirtualMachinePath) => `${virtualMachine(vm)}/yaml`,
  virtualMachineConsoles: (vm: VirtualMachinePath) => `${virtualMachine(vm)}/consoles`,
  virtualMachineEvents: (vm: VirtualMachinePath) => `${virtualMachine(vm)}/events`,
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
