import { conditionOf } from '../status/conditions.ts'
import type { DataVolume } from '../types.ts'

/**
 * Reasons of the condition Running that somebody has to do something about. CDI itself goes on
 * trying, so the phase stays ImportInProgress.
 */
const TROUBLE: readonly string[] = [
  'Error',
  'ImagePullFailed',
  'ChecksumError',
  'Unschedulable',
  'ErrExceededQuota',
]

/** Why a disk does not get ready, in CDI's words; undefined if nothing is wrong. */
export function dataVolumeProblem(dataVolume: DataVolume): string | undefined {
  if (dataVolume.status?.phase === 'Succeeded') return undefined
  const running = conditionOf(dataVolume, 'Running')
  const isTrouble = running?.status === 'False' && TROUBLE.includes(running.reason ?? '')
  return isTrouble ? running.message : undefined
}
