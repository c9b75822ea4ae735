import { z } from 'zod'
import { checked, finding, report } from '../validation/problem.ts'
import { cloudInitFindings } from './cloud-init.ts'
import { imageReferenceFindings } from '../validation/image-reference.ts'
import { hostnameFindings, virtualMachineNameFindings } from '../validation/names.ts'
import { cpuFindings, memoryFindings } from '../validation/quantities.ts'
import { sshKeyFindings } from '../validation/ssh-key.ts'
import { imageUrlFindings } from '../validation/url.ts'
import { networkingValues } from './networking-values.ts'
import { storageValues } from './storage-values.ts'

const requiredText = checked((value) => finding(value === '', 'required'))

const cloudInitValues = z.object({
  enabled: z.boolean(),
  /** The fields, or a script in their place. */
  mode: z.enum(['fields', 'script']),
  hostname: z.string(),
  sshKeys: z.array(z.string()),
  script: z.string(),
})
export type CloudInitValues = z.infer<typeof cloudInitValues>

/** The first step. Fields that the other choices leave unused may hold anything. */
const generalValues = z
  .object({
    namespace: requiredText,
    name: checked(virtualMachineNameFindings),
    description: z.string(),
    source: z.enum(['url', 'container']),
    image: z.string(),
    url: z.string(),
    operatingSystem: requiredText,
    flavor: z.enum(['tiny', 'small', 'medium', 'large', 'custom']),
    cpus: z.string(),
    memory: z.string(),
    memoryUnit: z.enum(['Mi', 'Gi']),
    workloadProfile: z.enum(['desktop', 'generic', 'highPerformance']),
    startOnCreation: z.boolean(),
    cloudInit: cloudInitValues,
  })
  .superRefine((values, context) => {
    if (values.source === 'container') {
      report(context, ['image'], imageReferenceFindings(values.image))
    } else {
      report(context, ['url'], imageUrlFindings(values.url))
    }
    if (values.flavor === 'custom') {
      report(context, ['cpus'], cpuFindings(values.cpus))
      report(context, ['memory'], memoryFindings(values.memory, values.memoryUnit))
    }
    const { cloudInit } = values
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
export type ProvisionSource = GeneralValues['source']
export type Flavor = GeneralValues['flavor']
export type WorkloadProfile = GeneralValues['workloadProfile']

/** Everything the wizard asks, one member a step; strings are kept as they were typed. */
export const virtualMachineCreateValues = z.object({
  general: generalValues,
  networking: networkingValues,
  storage: storageValues,
})
export type VirtualMachineCreateValues = z.infer<typeof virtualMachineCreateValues>
export type VirtualMachineCreateStep = keyof VirtualMachineCreateValues
