import type { V1beta1VirtualMachinePreferenceSpec } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { SeedObject } from '../index.ts'
import { seedOf, VENDOR } from './seed-of.ts'

/** The requirements are added at the end. */
type PreferenceSpec = V1beta1VirtualMachinePreferenceSpec

interface Preference {
  name: string
  title: string
  icon: string
  family: 'linux' | 'windows'
  /** The least that the system runs with. */
  cpus: number
  memory: string
  spec: PreferenceSpec
}

const VIRTIO: PreferenceSpec = {
  devices: { preferredDiskBus: 'virtio', preferredInterfaceModel: 'virtio', preferredRng: {} },
}

const SECURE_BOOT: PreferenceSpec = {
  features: { preferredSmm: {} },
  firmware: { preferredEfi: { secureBoot: true } },
}

/** Also for systems that have not the least of it: kept between boots, as their TPM is. */
const WINDOWS_11: PreferenceSpec = {
  devices: { preferredTPM: { persistent: true } },
  features: { preferredSmm: {} },
  firmware: { preferredEfi: { persistent: true, secureBoot: true } },
}

const WINDOWS: PreferenceSpec = {
  annotations: { 'vm.kubevirt.io/os': 'windows' },
  clock: {
    preferredClockOffset: { utc: {} },
    preferredTimer: {
      hpet: { present: false },
      hyperv: {},
      pit: { tickPolicy: 'delay' },
      rtc: { tickPolicy: 'catchup' },
    },
  },
  cpu: { preferredCPUTopology: 'sockets' },
  devices: {
    preferredAutoattachInputDevice: true,
    preferredDiskBus: 'sata',
    preferredInputBus: 'usb',
    preferredInputType: 'tablet',
    preferredInterfaceModel: 'e1000e',
  },
  features: {
    preferredAcpi: {},
    preferredApic: {},
    preferredHyperv: {
      frequencies: {},
      ipi: {},
      reenlightenment: {},
      relaxed: {},
      reset: {},
      runtime: {},
      spinlocks: { spinlocks: 8191 },
      synic: {},
      synictimer: { direct: {} },
      tlbflush: {},
      vapic: {},
      vpindex: {},
    },
  },
  preferredTerminationGracePeriodSeconds: 3600,
}

const WINDOWS_VIRTIO: PreferenceSpec = {
  devices: {
    preferredDiskBus: 'virtio',
    preferredInputBus: 'virtio',
    preferredInterfaceModel: 'virtio',
  },
}

const DESKTOP: PreferenceSpec = {
  devices: {
    preferredAutoattachInputDevice: true,
    preferredInputBus: 'virtio',
    preferredInputType: 'tablet',
    preferredVideoType: 'virtio',
  },
}

/** Later parts win; devices, features and firmware are put together. */
function together(...parts: PreferenceSpec[]): PreferenceSpec {
  const all: PreferenceSpec = Object.assign({}, ...parts)
  for (const field of ['devices', 'features', 'firmware'] as const) {
    if (all[field]) all[field] = Object.assign({}, ...parts.map((part) => part[field]))
  }
  return all
}

const linux = (
  [name, title, memory]: readonly [name: string, title: string, memory: string],
  ...parts: PreferenceSpec[]
): Preference => ({
  name,
  title,
  icon: `icon-${name.replace(/\..*$/, '')}`,
  family: 'linux',
  cpus: 1,
  memory,
  spec: together({ annotations: { 'vm.kubevirt.io/os': 'linux' } }, VIRTIO, ...parts),
})

/** Each with the drivers that Windows brings, and with those for VirtIO. */
const windows = (
  version: string,
  title: string,
  { cpus = 1, memory = '2Gi', parts = [] as PreferenceSpec[] },
): Preference[] =>
  ([[], [WINDOWS_VIRTIO]] as const).map((virtio) => ({
    name: `windows.${version}${virtio.length > 0 ? '.virtio' : ''}`,
    title: `Microsoft ${title}${virtio.length > 0 ? ' (virtio)' : ''}`,
    icon: 'icon-windows',
    family: 'windows',
    cpus,
    memory,
    spec: together(WINDOWS, ...parts, ...virtio),
  }))

const PREFERENCES: readonly Preference[] = [
  linux(['alpine', 'Alpine', '512Mi'], { firmware: { preferredEfi: { secureBoot: false } } }),
  linux(['centos.stream8', 'CentOS Stream 8', '1.5Gi'], SECURE_BOOT),
  linux(['centos.stream8.desktop', 'CentOS Stream 8 Desktop', '1.5Gi'], SECURE_BOOT, DESKTOP),
  linux(['centos.stream9', 'CentOS Stream 9', '1.5Gi'], SECURE_BOOT),
  linux(['centos.stream9.desktop', 'CentOS Stream 9 Desktop', '1.5Gi'], SECURE_BOOT, DESKTOP),
  linux(['centos.stream10', 'CentOS Stream 10', '2Gi'], SECURE_BOOT),
  linux(['centos.stream10.desktop', 'CentOS Stream 10 Desktop', '2Gi'], SECURE_BOOT, DESKTOP),
  linux(['cirros', 'CirrOS', '256Mi']),
  linux(['debian', 'Debian', '1Gi'], SECURE_BOOT),
  linux(['fedora', 'Fedora', '2Gi'], SECURE_BOOT),
  linux(['linux', 'Generic Linux', '512Mi']),
  linux(['linux.efi', 'Generic Linux (EFI)', '512Mi'], {
    firmware: { preferredEfi: { secureBoot: false } },
  }),
  linux(['opensuse.leap', 'openSUSE Leap', '1Gi']),
  linux(['opensuse.tumbleweed', 'openSUSE Tumbleweed', '1Gi']),
  linux(['rhel.8', 'Red Hat Enterprise Linux 8', '1.5Gi'], SECURE_BOOT),
  linux(
    ['rhel.8.desktop', 'Red Hat Enterprise Linux 8 Desktop', '1.5Gi'],
    SECURE_BOOT,
    DESKTOP,
  ),
  linux(['rhel.9', 'Red Hat Enterprise Linux 9', '1.5Gi'], SECURE_BOOT),
  linux(
    ['rhel.9.desktop', 'Red Hat Enterprise Linux 9 Desktop', '1.5Gi'],
    SECURE_BOOT,
    DESKTOP,
  ),
  linux(['rhel.10', 'Red Hat Enterprise Linux 10', '2Gi'], SECURE_BOOT),
  linux(['sles', 'SUSE Linux Enterprise Server', '1Gi']),
  linux(['ubuntu', 'Ubuntu', '2Gi'], SECURE_BOOT),
  ...windows('10', 'Windows 10', {}),
  ...windows('11', 'Windows 11', { cpus: 2, memory: '4Gi', parts: [WINDOWS_11] }),
  ...windows('2k16', 'Windows Server 2016', {}),
  ...windows('2k19', 'Windows Server 2019', {}),
  ...windows('2k22', 'Windows Server 2022', { parts: [WINDOWS_11] }),
  ...windows('2k25', 'Windows Server 2025', { parts: [WINDOWS_11] }),
]

/** KubeVirt's common preferences: what suits an operating system. */
export const preferences = (): SeedObject[] =>
  PREFERENCES.map(({ name, title, icon, family, cpus, memory, spec }) =>
    seedOf({
      kind: 'Preference',
      name,
      labels: {
        arch: 'amd64',
        'os-type': family,
        'required-cpu': String(cpus),
        'required-memory': memory,
        vendor: VENDOR,
      },
      annotations: {
        iconClass: icon,
        'openshift.io/display-name': title,
        tags: `hidden,kubevirt,${family === 'windows' ? 'windows' : name}`,
      },
      spec: { ...spec, requirements: { cpu: { guest: cpus }, memory: { guest: memory } } },
    }),
  )
