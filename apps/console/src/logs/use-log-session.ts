import { useEffect, useMemo } from 'react'
import { createLogSession, type LogSession } from './log-session.ts'
import { openLog, type LogTarget } from './log-url.ts'

/** Reads a log for as long as the component is mounted and the target stays the same. */
export function useLogSession(target: LogTarget, isOver: boolean): LogSession {
  const { namespace, pod, container, previous } = target
  const session = useMemo(
    () =>
      createLogSession({
        open: openLog({ namespace, pod, container, previous }),
        follow: !previous,
      }),
    [namespace, pod, container, previous],
  )
  useEffect(() => session.setOver(isOver), [session, isOver])
  useEffect(() => session.start(), [session])
  return session
}
