import { parseQuantity } from '@virtdeck/kubernetes'
import { z } from 'zod'
import { gibibytes } from '../create/data-volume-template.ts'
import { diskSizeFindings } from '../validation/quantities.ts'
import { finding, report } from '../validation/problem.ts'

const GIBIBYTE = 1024 ** 3

export interface DiskClaim {
  metadata?: { name?: string }
  spec?: {
    storageClassName?: string
    resources?: { requests?: Record<string, string> }
  }
  status?: {
    phase?: string
    capacity?: Record<string, string>
    conditions?: { type: string; status: string; message?: string }[]
  }
}

interface StorageClass {
  allowVolumeExpansion?: boolean
}

export type GrowthObstacle = 'noClaim' | 'notBound' | 'classUnknown' | 'notAllowed'

/**
 * Why a claim cannot grow. Kubernetes lets bound claims grow, never shrink, where their class
 * says so (https://kubernetes.io/docs/concepts/storage/persistent-volumes/).
 */
export function growthObstacle(
  claim: DiskClaim | undefined,
  storageClass: StorageClass | undefined,
): GrowthObstacle | undefined {
  if (!claim) return 'noClaim'
  if (claim.status?.phase !== 'Bound') return 'notBound'
  if (!storageClass) return 'classUnknown'
  return storageClass.allowVolumeExpansion === true ? undefined : 'notAllowed'
}

const bytesOf = (quantity: string | undefined): number => parseQuantity(quantity ?? '') ?? 0

/** What a claim asks for beyond what it has; undefined where it has all. */
export function growingTo(claim: DiskClaim | undefined): string | undefined {
  const wanted = claim?.spec?.resources?.requests?.['storage']
  const { capacity } = claim?.status ?? {}
  if (!capacity) return undefined
  return bytesOf(wanted) > bytesOf(capacity['storage']) ? wanted : undefined
}

/** What keeps a claim from having all that it asks for, in the cluster's words. */
export const growthMessage = (claim: DiskClaim | undefined): string | undefined =>
  claim?.status?.conditions?.find(({ type, status }) => /Resiz/.test(type) && status === 'True')
    ?.message

export interface ClaimSizeValues {
  /** In GiB. */
  size: string
}

const currentBytes = ({ spec, status }: DiskClaim): number =>
  Math.max(
    bytesOf(spec?.resources?.requests?.['storage']),
    bytesOf(status?.capacity?.['storage']),
  )

export const claimSizeOf = (claim: DiskClaim): ClaimSizeValues => ({
  size: String(Number((currentBytes(claim) / GIBIBYTE).toFixed(6))),
})

/** The size that a claim may be given: more than it has. */
export const claimSizeValues = (claim: DiskClaim) =>
  z.object({ size: z.string() }).superRefine(({ size }, context) => {
    const findings = diskSizeFindings(size)
    const grows = Number(size) * GIBIBYTE > currentBytes(claim)
    const { size: now } = claimSizeOf(claim)
    report(
      context,
      ['size'],
      findings.length > 0 ? findings : finding(!grows, 'disk.mustGrow', { size: now }),
    )
  })

/** The merge patch that lets a claim grow. */
export const growthPatch = ({ size }: ClaimSizeValues) => ({
  spec: { resources: { requests: { storage: gibibytes(size) } } },
})
