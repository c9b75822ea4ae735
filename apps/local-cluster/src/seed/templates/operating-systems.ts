/** An operating system of KubeVirt's common templates. */
export interface TemplateSystem {
  /** The ids of libosinfo that the template is for; the first one names it. */
  ids: readonly string[]
  name: string
  /** What the ids stand for on a screen, in the same order. */
  titles: readonly string[]
  icon: string
  family: 'linux' | 'windows'
  flavors: readonly TemplateFlavor[]
  /** The least memory that the system runs with, in MiB. */
  minimumMemory: number
  containerDisks: readonly string[]
}

export type TemplateFlavor = 'tiny' | 'small' | 'medium' | 'large'
export type TemplateWorkload = 'server' | 'desktop' | 'highperformance'

export const WORKLOADS: readonly TemplateWorkload[] = ['server', 'desktop', 'highperformance']

/** Virtual CPUs and memory in MiB; a system that needs more for its smallest size gets it. */
export const SIZES: Record<TemplateFlavor, { cores: number; memory: number }> = {
  tiny: { cores: 1, memory: 1024 },
  small: { cores: 1, memory: 2048 },
  medium: { cores: 1, memory: 4096 },
  large: { cores: 2, memory: 8192 },
}

const ALL_FLAVORS = ['tiny', 'small', 'medium', 'large'] as const
/** Windows does not run with less. */
const WINDOWS_FLAVORS = ['medium', 'large'] as const

const linux = (
  system: Omit<TemplateSystem, 'family' | 'flavors' | 'minimumMemory'>,
  minimumMemory = 1024,
): TemplateSystem => ({ ...system, family: 'linux', flavors: ALL_FLAVORS, minimumMemory })

const windows = (id: string, title: string, minimumMemory: number): TemplateSystem => ({
  ids: [id],
  name: title,
  titles: [title],
  icon: 'icon-windows',
  family: 'windows',
  flavors: WINDOWS_FLAVORS,
  minimumMemory,
  containerDisks: [],
})

const KUBEVIRT_DISKS = 'quay.io/containerdisks'

export const TEMPLATE_SYSTEMS: readonly TemplateSystem[] = [
  linux({
    ids: ['fedora'],
    name: 'Fedora',
    titles: ['Fedora'],
    icon: 'icon-fedora',
    containerDisks: [`${KUBEVIRT_DISKS}/fedora:latest`],
  }),
  linux(
    {
      ids: ['rhel9', 'rhel9.4', 'rhel9.2'],
      name: 'Red Hat Enterprise Linux 9',
      titles: [
        'Red Hat Enterprise Linux 9',
        'Red Hat Enterprise Linux 9.4',
        'Red Hat Enterprise Linux 9.2',
      ],
      icon: 'icon-rhel',
      containerDisks: ['registry.redhat.io/rhel9/rhel-guest-image'],
    },
    1536,
  ),
  linux(
    {
      ids: ['rhel8'],
      name: 'Red Hat Enterprise Linux 8',
      titles: ['Red Hat Enterprise Linux 8'],
      icon: 'icon-rhel',
      containerDisks: ['registry.redhat.io/rhel8/rhel-guest-image'],
    },
    1536,
  ),
  linux(
    {
      ids: ['centos-stream9'],
      name: 'CentOS Stream 9',
      titles: ['CentOS Stream 9'],
      icon: 'icon-centos',
      containerDisks: [`${KUBEVIRT_DISKS}/centos-stream:9`],
    },
    1536,
  ),
  linux({
    ids: ['debian'],
    name: 'Debian',
    titles: ['Debian'],
    icon: 'icon-debian',
    containerDisks: [`${KUBEVIRT_DISKS}/debian:latest`],
  }),
  linux(
    {
      ids: ['ubuntu'],
      name: 'Ubuntu',
      titles: ['Ubuntu'],
      icon: 'icon-ubuntu',
      containerDisks: [`${KUBEVIRT_DISKS}/ubuntu:24.04`],
    },
    2048,
  ),
  linux({
    ids: ['opensuse'],
    name: 'openSUSE',
    titles: ['openSUSE Leap'],
    icon: 'icon-opensuse',
    containerDisks: [`${KUBEVIRT_DISKS}/opensuse-leap:15.6`],
  }),
  windows('windows10', 'Microsoft Windows 10', 2048),
  windows('windows11', 'Microsoft Windows 11', 4096),
  windows('windows2k19', 'Microsoft Windows Server 2019', 512),
  windows('windows2k22', 'Microsoft Windows Server 2022', 512),
  windows('windows2k25', 'Microsoft Windows Server 2025', 512),
]
