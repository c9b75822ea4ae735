import type { Disk, VirtualMachineInstanceSpec, Volume } from '../types.ts'
import type { Finding } from '../validation/problem.ts'
import type { GeneralValues } from './values.ts'

type Domain = VirtualMachineInstanceSpec['domain']

/** KubeVirt's own build of the VirtIO drivers for Windows. */
export const VIRTIO_DRIVERS_IMAGE = 'quay.io/kubevirt/virtio-container-disk:latest'
export const VIRTIO_DRIVERS_DISK = 'virtiocontainerdisk'
export const SYSPREP_DISK = 'sysprep'

/** The key under which KubeVirt looks for the answer file in the ConfigMap. */
const UNATTEND_KEY = 'unattend.xml'

/** F-36: one that boots first is in front of it; the guest finds the drivers on its CD drive. */
export const driversDisk = (bootOrder: number): Disk => ({
  name: VIRTIO_DRIVERS_DISK,
  cdrom: { bus: 'sata' },
  bootOrder,
})

export const driversVolume: Volume = {
  name: VIRTIO_DRIVERS_DISK,
  containerDisk: { image: VIRTIO_DRIVERS_IMAGE },
}

export const sysprepDisk: Disk = { name: SYSPREP_DISK, cdrom: { bus: 'sata' } }

export const sysprepConfigMapName = ({ name }: Pick<GeneralValues, 'name'>): string =>
  `${name.slice(0, 253 - '-sysprep'.length)}-sysprep`

export const sysprepVolume = (general: GeneralValues): Volume => ({
  name: SYSPREP_DISK,
  sysprep: { configMap: { name: sysprepConfigMapName(general) } },
})

/** The ConfigMap that the sysprep volume shows to Windows Setup. */
export const sysprepConfigMap = (general: GeneralValues) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: sysprepConfigMapName(general), namespace: general.namespace },
  data: { [UNATTEND_KEY]: general.windows.unattend },
})

/** The answer file that such a ConfigMap holds; nothing where it holds none. */
export function answersIn(configMap: object): string {
  const { data } = configMap as { data?: Record<string, string> }
  return data?.[UNATTEND_KEY] ?? ''
}

/** An answer file is XML with the root element `unattend`; nothing = none wanted. */
export function unattendFindings(text: string): Finding[] {
  const xml = text.trim()
  if (xml === '') return []
  if (!xml.startsWith('<') || !xml.endsWith('>')) return [{ code: 'sysprep.notXml' }]
  return /<unattend[\s/>]/.test(xml) ? [] : [{ code: 'sysprep.noUnattend' }]
}

const NEEDS_TPM = ['windows11', 'windows2k25']

/**
 * What Windows wants of its machine, from KubeVirt's common templates: paravirtual clocks and
 * interrupts, and for the newest ones UEFI with secure boot and a TPM.
 */
export function windowsDomain(operatingSystem: string): Partial<Domain> {
  const enabled = { enabled: true }
  const needsTpm = NEEDS_TPM.includes(operatingSystem)
  return {
    clock: {
      utc: {},
      timer: {
        hpet: { present: false },
        hyperv: { present: true },
        pit: { tickPolicy: 'delay' },
        rtc: { tickPolicy: 'catchup' },
      },
    },
    features: {
      acpi: {},
      apic: {},
      hyperv: {
        frequencies: enabled,
        ipi: enabled,
        reenlightenment: enabled,
        relaxed: enabled,
        reset: enabled,
        runtime: enabled,
        spinlocks: { spinlocks: 8191 },
        synic: enabled,
        synictimer: { ...enabled, direct: enabled },
        tlbflush: enabled,
        vapic: enabled,
        vpindex: enabled,
      },
      ...(needsTpm && { smm: enabled }),
    },
    ...(needsTpm && {
      firmware: { bootloader: { efi: { secureBoot: true } } },
    }),
  }
}

/** Devices beside the disks and NICs: an absolute pointer, and a TPM where Windows insists. */
export const windowsDevices = (operatingSystem: string): Partial<Domain['devices']> => ({
  inputs: [{ name: 'tablet', type: 'tablet', bus: 'usb' }],
  ...(NEEDS_TPM.includes(operatingSystem) && { tpm: {} }),
})
