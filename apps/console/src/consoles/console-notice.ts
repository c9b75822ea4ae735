import type { ParseKeys } from 'i18next'
import { isMissingDevice } from './closure.ts'
import type { ConsoleState, DisconnectReason } from './console-state.ts'
import type { GuestAvailability } from './guest-availability.ts'

export type NoticeAction =
  | 'connect'
  | 'reconnect'
  | 'retryNow'
  | 'takeOver'
  | 'disconnect'
  | 'start'

/** What is shown in place of a console that is not connected. */
export interface ConsoleNotice {
  /** Pending: it goes on by itself. Inactive: somebody has to act. Missing: it cannot work. */
  type: 'pending' | 'inactive' | 'missing'
  title: ParseKeys
  body: ParseKeys
  values?: Record<string, string | number>
  /** The cluster's own words. */
  details?: string
  actions: readonly NoticeAction[]
}

const GUEST_NOTICES: Record<GuestAvailability, ConsoleNotice> = {
  running: {
    type: 'pending',
    title: 'consoles.notice.starting.title',
    body: 'consoles.notice.starting.body',
    actions: [],
  },
  starting: {
    type: 'pending',
    title: 'consoles.notice.starting.title',
    body: 'consoles.notice.starting.body',
    actions: [],
  },
  stopping: {
    type: 'pending',
    title: 'consoles.notice.stopping.title',
    body: 'consoles.notice.stopping.body',
    actions: [],
  },
  stopped: {
    type: 'inactive',
    title: 'consoles.notice.stopped.title',
    body: 'consoles.notice.stopped.body',
    actions: ['start'],
  },
  missing: {
    type: 'missing',
    title: 'consoles.notice.missing.title',
    body: 'consoles.notice.missing.body',
    actions: [],
  },
  unknown: {
    type: 'pending',
    title: 'consoles.notice.waiting.title',
    body: 'consoles.notice.waiting.body',
    actions: ['disconnect'],
  },
}

const DISCONNECT_NOTICES: Record<DisconnectReason, ConsoleNotice> = {
  byUser: {
    type: 'inactive',
    title: 'consoles.notice.byUser.title',
    body: 'consoles.notice.byUser.body',
    actions: ['connect'],
  },
  idle: {
    type: 'inactive',
    title: 'consoles.notice.idle.title',
    body: 'consoles.notice.idle.body',
    actions: ['connect'],
  },
  inUse: {
    type: 'inactive',
    title: 'consoles.notice.inUse.title',
    body: 'consoles.notice.inUse.body',
    actions: ['takeOver', 'connect'],
  },
  takenOver: {
    type: 'inactive',
    title: 'consoles.notice.takenOver.title',
    body: 'consoles.notice.takenOver.body',
    actions: ['reconnect', 'takeOver'],
  },
  unstable: {
    type: 'inactive',
    title: 'consoles.notice.unstable.title',
    body: 'consoles.notice.unstable.body',
    actions: ['reconnect'],
  },
}

/** Pure: what to say about a state, and what one can do about it; undefined if connected. */
export function noticeOf(
  state: ConsoleState,
  guest: GuestAvailability,
): ConsoleNotice | undefined {
  switch (state.name) {
    case 'connected':
      return undefined
    case 'waiting':
      return GUEST_NOTICES[state.guest]
    case 'connecting':
      return {
        type: 'pending',
        title: 'consoles.notice.connecting.title',
        body: 'consoles.notice.connecting.body',
        actions: ['disconnect'],
      }
    case 'reconnecting':
      return {
        type: 'pending',
        title: 'consoles.notice.reconnecting.title',
        body: 'consoles.notice.reconnecting.body',
        values: { attempt: state.attempt },
        ...(state.message ? { details: state.message } : {}),
        actions: ['retryNow', 'disconnect'],
      }
    case 'disconnected':
      // Without a guest there is nothing to connect to, whoever disconnected.
      return guest === 'stopped' || guest === 'missing'
        ? GUEST_NOTICES[guest]
        : DISCONNECT_NOTICES[state.reason]
    case 'failed':
      return failureNotice(state)
  }
}

function failureNotice(state: ConsoleState & { name: 'failed' }): ConsoleNotice {
  const base = { type: 'missing', details: state.message } as const
  if (isMissingDevice(state.message)) {
    return {
      ...base,
      title: 'consoles.notice.noDevice.title',
      body: 'consoles.notice.noDevice.body',
      actions: [],
    }
  }
  if (state.status === 403) {
    return {
      ...base,
      title: 'consoles.notice.forbidden.title',
      body: 'consoles.notice.forbidden.body',
      actions: ['reconnect'],
    }
  }
  if (state.status === 401) {
    return {
      ...base,
      title: 'consoles.notice.signedOut.title',
      body: 'consoles.notice.signedOut.body',
      actions: [],
    }
  }
  if (state.status === 429) {
    return {
      ...base,
      title: 'consoles.notice.tooMany.title',
      body: 'consoles.notice.tooMany.body',
      actions: ['reconnect'],
    }
  }
  return {
    ...base,
    title: 'consoles.notice.failed.title',
    body: 'consoles.notice.failed.body',
    actions: ['reconnect'],
  }
}
