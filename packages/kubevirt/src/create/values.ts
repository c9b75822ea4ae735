import { formatBytes } from '@virtdeck/kubernetes'
import { z } from 'zod'
import { checked, finding, report, type Context } from '../validation/problem.ts'
import { cloudInitFindings } from './cloud-init.ts'
import { isWindows } from './operating-systems.ts'
import { unattendFindings } from './windows.ts'
import { imageReferenceFindings } from '../validation/image-reference.ts'
import { hostnameFindings, virtualMachineNameFindings } from '../validation/names.ts'
import { cpuFindings, memoryFindings } from '../validation/quantities.ts'
import { sshKeyFindings } from '../validation/ssh-key.ts'
import { imageUrlFindings } from '../validation/url.ts'
import { networkingValues, POD_NETWORK } from './networking-values.ts'
import { storageValues } from './storage-values.ts'

const GIBIBYTE = 1024 ** 3

const requiredText = checked((value) => finding(value === '', 'required'))

const cloudInitValues = z.object({
  enabled: z.boolean(),
  /** The fields, or a script in their place. */
  mode: z.enum(['fields', 'script']),
  hostname: z.string(),
  sshKeys: z.array(z.string()),
  /** F-11: the guest gets the QEMU guest agent at its first start. */
  installGuestAgent: z.boolean(),
  script: z.string(),
})
export type CloudInitValues = z.infer<typeof cloudInitValues>

/** F-25: the disk to clone, and what is known of it. */
const cloneValues = z.object({
  namespace: z.string(),
  claim: z.string(),
  /** The size of the source; nothing where it may not be read. */
  bytes: z.number().nullable(),
  /** The running VM that uses the source; it must be off. */
  usedBy: z.string(),
})

const windowsValues = z.object({
  /** F-36: the CD-ROM with VirtIO drivers. */
  drivers: z.boolean(),
  /** The answer file of an unattended installation; nothing = none. */
  unattend: z.string(),
})
export type WindowsValues = z.infer<typeof windowsValues>

/** The first step. Fields that the other choices leave unused may hold anything. */
const generalValues = z
  .object({
    namespace: requiredText,
    name: checked(virtualMachineNameFindings),
    description: z.string(),
    /** F-60: what a template is called, and who stands behind it; VMs have neither. */
    displayName: z.string(),
    provider: z.string(),
    /** `namespace/name` of the template that filled the fields; nothing = none. */
    template: z.string(),
    source: z.enum(['url', 'container', 'clonedDisk', 'pxe']),
    image: z.string(),
    url: z.string(),
    /** F-22: the Secret with user and password (or keys) for the URL. */
    urlSecret: z.string(),
    /** F-21: the ConfigMap with the certificates of the URL's server. */
    urlCertificates: z.string(),
    clone: cloneValues,
    operatingSystem: requiredText,
    /** The two ways to size a VM. */
    sizing: z.enum(['flavor', 'instancetype']),
    /** `VirtualMachineClusterInstancetype/u1.small`: the kind and the name. */
    instancetype: z.string(),
    /** `VirtualMachineClusterPreference/fedora`; nothing = none. */
    preference: z.string(),
    flavor: z.enum(['tiny', 'small', 'medium', 'large', 'custom']),
    cpus: z.string(),
    memory: z.string(),
    memoryUnit: z.enum(['Mi', 'Gi']),
    /** F-35: less than the guest sees, in the same unit; nothing = as much. */
    memoryRequest: z.string(),
    overcommitGuestOverhead: z.boolean(),
    workloadProfile: z.enum(['desktop', 'generic', 'highPerformance']),
    startOnCreation: z.boolean(),
    cloudInit: cloudInitValues,
    windows: windowsValues,
  })
  .superRefine((values, context) => {
    reportSource(context, values)
    if (values.sizing === 'instancetype') {
      report(context, ['instancetype'], finding(values.instancetype === '', 'required'))
    } else {
      reportSize(context, values)
    }
    const { cloudInit, windows, operatingSystem } = values
    if (isWindows(operatingSystem)) {
      report(context, ['windows', 'unattend'], unattendFindings(windows.unattend))
    }
    if (!cloudInit.enabled) return
    if (cloudInit.mode === 'fields') {
      report(context, ['cloudInit', 'hostname'], hostnameFindings(cloudInit.hostname))
      for (const [index, key] of cloudInit.sshKeys.entries()) {
        report(context, ['cloudInit', 'sshKeys', index], sshKeyFindings(key))
      }
    }
    const field = cloudInit.mode === 'script' ? 'script' : 'sshKeys'
    report(context, ['cloudInit', field], cloudInitFindings(cloudInit))
  })
export type GeneralValues = z.infer<typeof generalValues>

type Sources = Pick<GeneralValues, 'source' | 'image' | 'url' | 'clone'>

function reportSource(context: Context, { source, image, url, clone }: Sources): void {
  switch (source) {
    case 'container':
      report(context, ['image'], imageReferenceFindings(image))
      break
    case 'url':
      report(context, ['url'], imageUrlFindings(url))
      break
    case 'clonedDisk':
      report(context, ['clone', 'namespace'], finding(clone.namespace === '', 'required'))
      report(
        context,
        ['clone', 'claim'],
        [
          ...finding(clone.claim === '', 'required'),
          ...finding(clone.usedBy !== '', 'disk.sourceInUse', { name: clone.usedBy }),
        ],
      )
      break
    case 'pxe':
  }
}

type Sizes = Pick<GeneralValues, 'flavor' | 'cpus' | 'memory' | 'memoryUnit' | 'memoryRequest'>

function reportSize(context: Context, values: Sizes): void {
  const { flavor, cpus, memory, memoryUnit, memoryRequest } = values
  if (flavor !== 'custom') return
  report(context, ['cpus'], cpuFindings(cpus))
  report(context, ['memory'], memoryFindings(memory, memoryUnit))
  if (memoryRequest === '') return
  const findings = memoryFindings(memoryRequest, memoryUnit)
  const isAbove = findings.length === 0 && Number(memoryRequest) > Number(memory)
  report(
    context,
    ['memoryRequest'],
    [...findings, ...finding(isAbove, 'memory.requestAboveGuest')],
  )
}
export type ProvisionSource = GeneralValues['source']
export type Flavor = GeneralValues['flavor']
export type WorkloadProfile = GeneralValues['workloadProfile']

/** Everything the wizard asks, one member a step; strings are kept as they were typed. */
export const virtualMachineCreateValues = z
  .object({
    general: generalValues,
    networking: networkingValues,
    storage: storageValues,
  })
  .superRefine(({ general, networking, storage }, context) => {
    const isPxe = general.source === 'pxe'
    const hasBootNic = networking.nics.some(({ name }) => name === networking.bootNic)
    report(context, ['networking', 'bootNic'], finding(isPxe && !hasBootNic, 'pxe.noNic'))
    const isOnPodNetwork = networking.nics.some(
      ({ name, network }) => name === networking.bootNic && network === POD_NETWORK,
    )
    report(
      context,
      ['networking', 'bootNic'],
      finding(isPxe && isOnPodNetwork, 'pxe.podNetwork'),
    )
    // A VM that boots from the network needs no disk to boot from.
    const hasBootDisk = storage.disks.some(({ name }) => name === storage.bootDisk)
    const needsBootDisk = storage.disks.length > 0 && !(isPxe && storage.bootDisk === '')
    report(
      context,
      ['storage', 'bootDisk'],
      finding(needsBootDisk && !hasBootDisk, 'disk.bootDisk'),
    )
    const { bytes } = general.clone
    for (const [index, { source, size }] of storage.disks.entries()) {
      const isTooSmall = source === 'clone' && bytes !== null && Number(size) * GIBIBYTE < bytes
      report(
        context,
        ['storage', 'disks', index, 'size'],
        finding(isTooSmall, 'disk.smallerThanSource', { size: formatBytes(bytes ?? 0) }),
      )
    }
  })
export type VirtualMachineCreateValues = z.infer<typeof virtualMachineCreateValues>
export type VirtualMachineCreateStep = keyof VirtualMachineCreateValues
