import type { VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import type { TFunction } from 'i18next'

/** What the field at a path is called on the screen, with its row in front. */
export function fieldLabel(
  t: TFunction,
  path: string,
  values: VirtualMachineCreateValues,
): string {
  const [step, list = '', index = '', field = ''] = path.split('.')
  if (step === 'networking') {
    const row = values.networking.nics[Number(index)]?.name || `${Number(index) + 1}`
    if (list === 'bootNic') return t('wizard.nic.bootNic')
    if (field === 'ports')
      return `${t('wizard.nic.row', { name: row })}: ${t('wizard.port.title')}`
    return `${t('wizard.nic.row', { name: row })}: ${t(nicLabel(field))}`
  }
  if (step === 'storage' && list === 'disks') {
    const row = values.storage.disks[Number(index)]?.name || `${Number(index) + 1}`
    return `${t('wizard.disk.row', { name: row })}: ${t(diskLabel(field))}`
  }
  if (step === 'storage') return t('wizard.disk.bootDisk')
  if (list === 'cloudInit') return t(cloudInitLabel(index))
  if (list === 'clone') {
    return t(index === 'namespace' ? 'wizard.clone.namespace' : 'wizard.clone.claim')
  }
  return list === 'windows' ? t('wizard.windows.unattend') : t(generalLabel(list))
}

function generalLabel(field: string) {
  switch (field) {
    case 'namespace':
      return 'wizard.general.namespace'
    case 'description':
      return 'wizard.general.description'
    case 'image':
      return 'wizard.general.image'
    case 'url':
      return 'wizard.general.url'
    case 'operatingSystem':
      return 'wizard.general.operatingSystem'
    case 'template':
      return 'wizard.general.template'
    case 'urlSecret':
      return 'wizard.general.urlSecret'
    case 'urlCertificates':
      return 'wizard.general.urlCertificates'
    case 'instancetype':
      return 'wizard.sizing.instancetypeLabel'
    case 'preference':
      return 'wizard.sizing.preferenceLabel'
    case 'flavor':
      return 'wizard.general.flavor'
    case 'memoryRequest':
      return 'wizard.overcommit.title'
    case 'cpus':
      return 'wizard.general.cpus'
    case 'memory':
      return 'wizard.general.memory'
    default:
      return 'wizard.general.name'
  }
}

function cloudInitLabel(field: string) {
  if (field === 'script') return 'wizard.cloudInit.script'
  return field === 'hostname' ? 'wizard.cloudInit.hostname' : 'wizard.cloudInit.sshKeys'
}

function nicLabel(field: string) {
  switch (field) {
    case 'macAddress':
      return 'wizard.nic.macAddress'
    case 'network':
      return 'wizard.nic.network'
    case 'binding':
      return 'wizard.nic.binding'
    case 'model':
      return 'wizard.nic.model'
    default:
      return 'wizard.nic.name'
  }
}

function diskLabel(field: string) {
  switch (field) {
    case 'size':
      return 'wizard.disk.size'
    case 'claim':
      return 'wizard.disk.claim'
    case 'bus':
      return 'wizard.disk.bus'
    default:
      return 'wizard.disk.name'
  }
}
