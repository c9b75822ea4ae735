import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LogLines } from './LogLines.tsx'
import { LogNotice } from './LogNotice.tsx'
import { LogStatusBar } from './LogStatusBar.tsx'
import { LogToolbar } from './LogToolbar.tsx'
import { useLogLook } from './log-look.ts'
import type { LogTarget } from './log-url.ts'
import styles from './LogViewer.module.css'
import { useLogSearch } from './use-log-search.ts'
import { useLogSession } from './use-log-session.ts'

interface LogViewerProps {
  target: LogTarget
  /** The container writes no more. */
  isOver: boolean
  /** The page says already what keeps the container from starting. */
  isExplained: boolean
  /** Choices of what is shown, at the beginning of the toolbar. */
  children: ReactNode
}

/** A log with everything around it; make another one (`key`) for another target. */
export function LogViewer({ target, isOver, isExplained, children }: LogViewerProps) {
  const { t } = useTranslation()
  const session = useLogSession(target, isOver)
  const state = session.state.use()
  // Lines came or went.
  session.version.use()
  const look = useLogLook()
  const [query, setQuery] = useState('')
  const [isFollowing, setFollowing] = useState(true)
  const found = useLogSearch(session, query)
  const { buffer } = session

  const choose = (step: () => void) => {
    // The place that was found has to stay in sight.
    setFollowing(false)
    step()
  }
  return (
    <section className={styles['panel']} aria-label={t('logs.title')}>
      <LogToolbar
        target={target}
        query={query}
        onQueryChange={setQuery}
        found={{
          ...found,
          next: () => choose(found.next),
          previous: () => choose(found.previous),
        }}
        isFollowing={isFollowing}
        onFollowingChange={setFollowing}
        canFollow={state.name !== 'ended' && state.name !== 'failed'}
      >
        {children}
      </LogToolbar>
      {buffer.end === 0 ? (
        <div className={styles['notice']}>
          <LogNotice state={state} isPrevious={target.previous} isExplained={isExplained} />
        </div>
      ) : (
        <LogLines
          label={t('logs.labelOf', { container: target.container })}
          buffer={buffer}
          isWrapped={look.isWrapped}
          hasTimes={look.hasTimes}
          query={query}
          current={found.current}
          isFollowing={isFollowing}
          onFollowingChange={setFollowing}
        />
      )}
      <LogStatusBar state={state} buffer={buffer} isFollowing={isFollowing} />
    </section>
  )
}
