import { z } from 'zod'

/**
 * Everything that can be wrong with what somebody typed. Codes, not sentences: the console
 * has a sentence for each in every language.
 */
export type ProblemCode =
  | 'required'
  | 'tooLong'
  | 'upperCase'
  | 'blank'
  | 'dot'
  | 'specialCharacter'
  | 'edge'
  | 'emptyLabel'
  | 'nameTaken'
  | 'templateNameTaken'
  | 'duplicateName'
  | 'notANumber'
  | 'notPositive'
  | 'notWhole'
  | 'tooLittleMemory'
  | 'image.blank'
  | 'image.scheme'
  | 'image.upperCase'
  | 'image.malformed'
  | 'url.malformed'
  | 'url.scheme'
  | 'url.blank'
  | 'url.credentials'
  | 'mac.malformed'
  | 'mac.multicast'
  | 'mac.reserved'
  | 'mac.duplicate'
  | 'sshKey.notAKey'
  | 'sshKey.privateKey'
  | 'sshKey.damaged'
  | 'cloudInit.noHeader'
  | 'cloudInit.tooLarge'
  | 'network.secondPodNetwork'
  | 'network.duplicate'
  | 'network.masquerade'
  | 'network.sriov'
  | 'disk.claimInUse'
  | 'disk.bootDisk'
  | 'disk.smallerThanSource'
  | 'disk.sourceInUse'
  | 'disk.serial'
  | 'disk.cdromBus'
  | 'disk.lunBus'
  | 'disk.nativeIo'
  | 'disk.mustGrow'
  | 'memory.requestAboveGuest'
  | 'port.outOfRange'
  | 'port.duplicate'
  | 'pxe.noNic'
  | 'pxe.podNetwork'
  | 'sysprep.notXml'
  | 'sysprep.noUnattend'
  | 'metadata.key'
  | 'metadata.labelValue'
  | 'template.rule'
  | 'template.loading'
  | 'template.gone'
  | 'template.noVirtualMachine'
  | 'template.openParameters'

export type ProblemParameters = Record<string, string | number>

/** One rule that a value breaks. */
export interface Finding {
  code: ProblemCode
  parameters?: ProblemParameters
}

/** A finding with its place in the form: `storage.disks.0.name`. */
export interface Problem extends Finding {
  path: string
}

/** The form of a check: everything that is wrong with a value, at once. */
export type Check = (value: string) => Finding[]

export const finding = (
  isBroken: boolean,
  code: ProblemCode,
  parameters?: ProblemParameters,
): Finding[] => (isBroken ? [{ code, ...(parameters && { parameters }) }] : [])

export type Context = z.core.$RefinementCtx

/** Puts findings into zod's own list of issues. */
export function report(
  context: Context,
  path: (string | number)[],
  findings: readonly Finding[],
): void {
  for (const found of findings) {
    // Each has a path of its own: without eval, as in a browser, zod puts the places above in front of it.
    context.addIssue({
      code: 'custom',
      path: [...path],
      message: found.code,
      params: { ...found },
    })
  }
}

/** A string that must pass a check. */
export const checked = (check: Check) =>
  z.string().superRefine((value, context) => report(context, [], check(value)))

/** All that is wrong with a value, in the order of the form. */
export function problemsOf(schema: z.ZodType, value: unknown): Problem[] {
  const { error } = schema.safeParse(value)
  return (error?.issues ?? []).map((issue) => {
    const params = issue.code === 'custom' ? (issue.params as Finding | undefined) : undefined
    return { code: 'required', ...params, path: issue.path.join('.') }
  })
}
