import { FileAltIcon, HourglassHalfIcon } from '@patternfly/react-icons'
import { useTranslation } from 'react-i18next'
import { EmptyContent } from '../ui/EmptyContent.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Loading } from '../ui/Loading.tsx'
import type { LogState } from './log-session.ts'

interface LogNoticeProps {
  state: LogState
  isPrevious: boolean
  /** The page says already what keeps the container from starting. */
  isExplained: boolean
}

/** In place of a log without lines: why there are none. */
export function LogNotice({ state, isPrevious, isExplained }: LogNoticeProps) {
  const { t } = useTranslation()
  switch (state.name) {
    case 'loading':
      return <Loading />
    case 'following':
      return (
        <EmptyContent icon={HourglassHalfIcon} title={t('logs.notice.nothingYet')}>
          {t('logs.notice.nothingYetBody')}
        </EmptyContent>
      )
    case 'ended':
      return (
        <EmptyContent icon={FileAltIcon} title={t('logs.notice.empty')}>
          {t('logs.notice.emptyBody')}
        </EmptyContent>
      )
    case 'waiting':
      return (
        <EmptyContent icon={HourglassHalfIcon} title={t('logs.notice.waiting')}>
          <p>{t('logs.notice.waitingBody')}</p>
          {!isExplained && <p>{state.message}</p>}
        </EmptyContent>
      )
    case 'reconnecting':
      return (
        <EmptyContent icon={HourglassHalfIcon} title={t('logs.notice.reconnecting')}>
          {state.message}
        </EmptyContent>
      )
    case 'failed':
      // "previous terminated container … not found": nothing failed, there is none.
      if (isPrevious && state.error.status === 400) {
        return (
          <EmptyContent icon={FileAltIcon} title={t('logs.notice.noPrevious')}>
            {t('logs.notice.noPreviousBody')}
          </EmptyContent>
        )
      }
      return <ErrorState title={t('logs.notice.failed')} error={state.error} />
  }
}
