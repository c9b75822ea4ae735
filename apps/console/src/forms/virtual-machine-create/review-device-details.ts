import {
  hasSize,
  hasStorageClass,
  POD_NETWORK,
  type DiskValues,
  type GeneralValues,
  type NicValues,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import type { TFunction } from 'i18next'
import type { Detail } from '../../ui/DetailsList.tsx'

/** What is left open for a device, who chooses it then. */
const chosenBy = (t: TFunction, { preference }: GeneralValues): string =>
  t(preference === '' ? 'wizard.device.cluster' : 'wizard.device.preference')

const joined = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ')

/** One line for each NIC, with all that was chosen for it. */
export function nicDetails(
  t: TFunction,
  { general, networking }: VirtualMachineCreateValues,
): Detail[] {
  const isBootNic = ({ name }: NicValues) =>
    general.source === 'pxe' && name === networking.bootNic
  return networking.nics.map((nic) => ({
    term: nic.name,
    value: joined([
      nic.network === POD_NETWORK ? t('virtualMachine.networks.pod') : nic.network,
      bindingOf(t, nic),
      nic.model || `${t('wizard.nic.model')}: ${chosenBy(t, general)}`,
      nic.macAddress || t('wizard.review.generatedAddress'),
      isBootNic(nic) ? t('wizard.nic.bootsFrom') : undefined,
    ]),
  }))
}

function bindingOf(t: TFunction, { network, binding, ports }: NicValues): string {
  // As in the VM: ports are of the pod network's masquerade only.
  if (ports.length === 0 || network !== POD_NETWORK || binding !== 'masquerade') return binding
  const shown = ports.map(({ port, protocol }) => `${port}/${protocol}`)
  return t('wizard.nic.bindingWithPorts', { binding, ports: shown.join(', ') })
}

/** One line for each disk, with all that was chosen for it. */
export function diskDetails(
  t: TFunction,
  { general, storage }: VirtualMachineCreateValues,
): Detail[] {
  return storage.disks.map((disk) => ({
    term: disk.name,
    value: joined([
      t(`wizard.diskSource.${disk.source}`),
      originOf(disk, general),
      hasSize(disk) ? t('wizard.gibibytes', { size: disk.size }) : undefined,
      disk.bus || `${t('wizard.disk.bus')}: ${chosenBy(t, general)}`,
      ...storageOf(t, disk),
      disk.name === storage.bootDisk ? t('wizard.review.bootable') : undefined,
    ]),
  }))
}

function originOf(
  { source, claim }: DiskValues,
  { image, url, clone }: GeneralValues,
): string | undefined {
  switch (source) {
    case 'image':
      return image
    case 'url':
      return url
    case 'clone':
      return `${clone.namespace}/${clone.claim}`
    case 'claim':
      return claim
    case 'blank':
    case 'empty':
      return undefined
  }
}

function storageOf(t: TFunction, disk: DiskValues): string[] {
  if (!hasStorageClass(disk)) return []
  const { storageClass, accessMode, volumeMode } = disk
  return [
    storageClass || t('wizard.disk.defaultClass'),
    accessMode && t(`wizard.accessMode.${accessMode}`),
    volumeMode && t(`wizard.volumeMode.${volumeMode}`),
  ]
}
