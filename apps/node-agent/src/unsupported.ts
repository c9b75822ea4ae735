import type { V1DomainSpec as DomainSpec } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'

type Wish = [asked: (domain: DomainSpec) => boolean, what: string]

/** What a VMI may ask for and guests of this node do not get: better no guest than half of one. */
const WISHES: Wish[] = [
  [({ devices }) => (devices.hostDevices ?? []).length > 0, 'passes no host devices through'],
  [({ devices }) => (devices.gpus ?? []).length > 0, 'has no GPUs'],
  [({ devices }) => (devices.filesystems ?? []).length > 0, 'shares no file systems'],
  [({ launchSecurity }) => launchSecurity !== undefined, 'encrypts no memory'],
  [({ memory }) => memory?.hugepages !== undefined, 'has no huge pages'],
  [
    ({ firmware }) => firmware?.kernelBoot?.container !== undefined,
    'boots no kernels from container images',
  ],
]

/** Throws what this node cannot give to a guest. */
export function expectSupported(domain: DomainSpec): void {
  const refused = WISHES.find(([asked]) => asked(domain))
  if (refused) throw new Error(`this node ${refused[1]}`)
}
