import { RDP_CERTIFICATE_CHANGED } from '@virtdeck/bff-contract'
import type { RdpEnding } from './frame-messages.ts'

/** Why there is no session (any more), as far as it can be told. */
export type RdpProblem =
  | 'byUser'
  | 'idle'
  | 'ended'
  | 'lost'
  | 'crashed'
  | 'notLoaded'
  | 'signInFailed'
  | 'certificateChanged'
  | 'gateway'
  | 'signedOut'
  | 'forbidden'
  | 'tooMany'
  | 'negotiation'

const PROXY_KINDS = new Set([4, 5])
const SIGN_IN_KINDS = new Set([1, 2, 3])
const NEGOTIATION = 6

/** Pure: the client's own words for its end as one of those that people understand. */
export function problemOf(ending: RdpEnding): RdpProblem {
  const { wasConnected, hasFarewell, kind, status } = ending
  if (status === RDP_CERTIFICATE_CHANGED) return 'certificateChanged'
  if (PROXY_KINDS.has(kind)) return problemOfRefusal(status)
  if (kind === NEGOTIATION) return 'negotiation'
  if (SIGN_IN_KINDS.has(kind)) return 'signInFailed'
  if (wasConnected) return hasFarewell ? 'ended' : 'lost'
  // Servers with NLA just close the connection after a wrong password.
  return 'signInFailed'
}

/** Pure: what a refusal of the console server means. */
export function problemOfRefusal(status: number | undefined): RdpProblem {
  switch (status) {
    case 401:
      return 'signedOut'
    case 403:
      return 'forbidden'
    case 429:
      return 'tooMany'
    default:
      return 'gateway'
  }
}

/** What another attempt may mend. */
export const maySoonBeOver = (problem: RdpProblem): boolean =>
  problem === 'gateway' || problem === 'tooMany'

/** A session that has ended as it should is none. */
export const isFailure = (problem: RdpProblem): boolean =>
  problem !== 'byUser' && problem !== 'idle' && problem !== 'ended'
