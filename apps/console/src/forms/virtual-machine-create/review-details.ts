import { formatBytes, parseQuantity } from '@virtdeck/kubernetes'
import {
  isWindows,
  memoryRequestOf,
  operatingSystemOf,
  operatingSystemTitle,
  SAMPLE_OPERATING_SYSTEM,
  sizeOfFlavor,
  sysprepConfigMapName,
  templateTitle,
  type GeneralValues,
  type Template,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import type { TFunction } from 'i18next'
import type { Detail } from '../../ui/DetailsList.tsx'
import type { Purpose } from './draft.ts'

interface Reviewed {
  values: VirtualMachineCreateValues
  purpose: Purpose
  /** The chosen one, as far as it is loaded. */
  template: Template | undefined
}

const bytes = (quantity: string): string => formatBytes(parseQuantity(quantity) ?? 0)

/** Answers and scripts may be long, and secret: that they are there, and how long, is enough. */
const linesOf = (t: TFunction, text: string): string =>
  text.trim() === ''
    ? t('common.none')
    : t('wizard.review.lines', { count: text.trim().split('\n').length })

/** What it is and where it goes. */
export function identityDetails(
  t: TFunction,
  { values: { general }, purpose, template }: Reviewed,
): Detail[] {
  const reference = general.template
  const shown = template ? `${templateTitle(template)} (${reference})` : reference
  return [
    { term: t('wizard.general.namespace'), value: general.namespace },
    { term: t('wizard.general.name'), value: general.name },
    ...(purpose === 'template'
      ? [
          { term: t('wizard.general.displayName'), value: general.displayName },
          { term: t('wizard.general.provider'), value: general.provider },
        ]
      : []),
    { term: t('wizard.general.description'), value: general.description },
    { term: t('wizard.general.template'), value: shown || t('wizard.general.noTemplate') },
    // A template starts nothing.
    ...(purpose === 'virtualMachine'
      ? [
          {
            term: t('wizard.general.startOnCreation'),
            value: yesOrNo(t, general.startOnCreation),
          },
        ]
      : []),
  ]
}

/** Where the first disk comes from, and everything that was named for it. */
export function sourceDetails(
  t: TFunction,
  { general, networking }: VirtualMachineCreateValues,
): Detail[] {
  const { source, clone } = general
  return [
    { term: t('wizard.general.source'), value: t(`wizard.source.${source}`) },
    ...(source === 'container'
      ? [{ term: t('wizard.general.image'), value: general.image }]
      : []),
    ...(source === 'url'
      ? [
          { term: t('wizard.general.url'), value: general.url },
          {
            term: t('wizard.general.urlSecret'),
            value: general.urlSecret || t('wizard.general.none'),
          },
          {
            term: t('wizard.general.urlCertificates'),
            value: general.urlCertificates || t('wizard.general.none'),
          },
        ]
      : []),
    ...(source === 'clonedDisk'
      ? [{ term: t('wizard.clone.claim'), value: `${clone.namespace}/${clone.claim}` }]
      : []),
    ...(source === 'pxe' ? [{ term: t('wizard.nic.pxe'), value: networking.bootNic }] : []),
  ]
}

/** CPUs and memory, and what the machine is for. */
export function sizeDetails(t: TFunction, general: GeneralValues): Detail[] {
  const { preference, workloadProfile } = general
  return [
    ...(general.sizing === 'instancetype'
      ? [
          {
            term: t('wizard.sizing.instancetypeLabel'),
            value: nameOf(general.instancetype),
          },
        ]
      : flavorDetails(t, general)),
    ...(preference === ''
      ? []
      : [{ term: t('wizard.sizing.preferenceLabel'), value: nameOf(preference) }]),
    {
      term: t('wizard.general.workloadProfile'),
      value: t(`wizard.profile.${workloadProfile}`),
    },
  ]
}

/** `VirtualMachineClusterInstancetype/u1.small`: one name may be in the project and in the cluster. */
function nameOf(reference: string): string {
  const [kind = '', name = ''] = reference.split('/')
  return name === '' ? kind : `${name} (${kind})`
}

function flavorDetails(t: TFunction, general: GeneralValues): Detail[] {
  const { cpus, memory } = sizeOfFlavor(general)
  const request = memoryRequestOf(general)
  const size = t('virtualMachine.runtime.cpuAndMemory', { count: cpus, memory: bytes(memory) })
  const flavor = t(`wizard.flavor.${general.flavor}`)
  return [
    { term: t('wizard.general.flavor'), value: t('wizard.flavorWithSize', { flavor, size }) },
    ...(request === undefined
      ? []
      : [{ term: t('wizard.review.memoryRequest'), value: bytes(request) }]),
    ...(general.flavor === 'custom' && general.overcommitGuestOverhead
      ? [
          {
            term: t('wizard.review.overhead'),
            value: t('wizard.review.overheadNotRequested'),
          },
        ]
      : []),
  ]
}

/** What runs in the guest, and how it is set up. */
export function guestDetails(t: TFunction, { values, template }: Reviewed): Detail[] {
  const { operatingSystem: id, cloudInit, windows } = values.general
  return [
    { term: t('wizard.general.operatingSystem'), value: systemName(t, id, template) },
    ...(isWindows(id)
      ? [
          { term: t('wizard.windows.driverTable'), value: yesOrNo(t, windows.drivers) },
          { term: t('wizard.windows.unattend'), value: answerFileOf(t, values.general) },
        ]
      : []),
    ...cloudInitDetails(t, cloudInit),
  ]
}

function answerFileOf(t: TFunction, general: GeneralValues): string {
  const { unattend } = general.windows
  const lines = linesOf(t, unattend)
  return unattend.trim() === ''
    ? lines
    : `${lines} (ConfigMap ${sysprepConfigMapName(general)})`
}

function systemName(t: TFunction, id: string, template: Template | undefined): string {
  if (id === SAMPLE_OPERATING_SYSTEM) return t('wizard.general.sampleSystem')
  return operatingSystemOf(id)?.name ?? (template ? operatingSystemTitle(template, id) : id)
}

function cloudInitDetails(t: TFunction, cloudInit: GeneralValues['cloudInit']): Detail[] {
  const { enabled, mode, hostname, sshKeys, installGuestAgent, script } = cloudInit
  const term = t('wizard.cloudInit.title')
  if (!enabled) return [{ term, value: t('common.none') }]
  const shown = { term, value: t(`wizard.cloudInit.mode.${mode}`) }
  if (mode === 'script') {
    return [shown, { term: t('wizard.cloudInit.script'), value: linesOf(t, script) }]
  }
  const keys = sshKeys.filter((key) => key.trim() !== '')
  return [
    shown,
    { term: t('wizard.cloudInit.hostname'), value: hostname },
    {
      term: t('wizard.cloudInit.sshKeys'),
      value: keys.length > 0 ? keys.map(shortKey).join('; ') : t('common.none'),
    },
    {
      term: t('wizard.cloudInit.installGuestAgent'),
      value: yesOrNo(t, installGuestAgent),
    },
  ]
}

/** Its kind and whose it is; what is between tells people nothing. */
function shortKey(key: string): string {
  const [kind = '', blob = '', ...comment] = key.trim().split(/\s+/)
  return [kind, comment.join(' ') || `…${blob.slice(-8)}`].join(' ')
}

const yesOrNo = (t: TFunction, value: boolean): string =>
  t(value ? 'wizard.review.yes' : 'wizard.review.no')
