import { Alert, Button } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsoleNotice, NoticeAction } from './console-notice.ts'
import type { ConsoleEvent } from './console-state.ts'
import { ConsoleInactive, ConsoleMissing, ConsolePending } from './ConsoleNoticeViews.tsx'

interface ConsoleNoticeCardProps {
  notice: ConsoleNotice
  /** What the notice's sentences name. */
  values: { name: string; status: string }
  send: (event: ConsoleEvent) => void
  /** Starts the VM, where one can. */
  startButton: ReactNode
  /** Keeps what is below readable: a strip at the top instead of the whole place. */
  isStrip: boolean
}

const EVENTS: Record<Exclude<NoticeAction, 'start'>, ConsoleEvent> = {
  connect: { type: 'connect' },
  reconnect: { type: 'connect' },
  retryNow: { type: 'retry' },
  takeOver: { type: 'connect', takeOver: true },
  disconnect: { type: 'disconnect' },
}

const VIEWS = {
  pending: ConsolePending,
  inactive: ConsoleInactive,
  missing: ConsoleMissing,
} as const

const ALERT_VARIANTS = { pending: 'info', inactive: 'warning', missing: 'danger' } as const

/** Says why a console is not connected, and offers what can be done about it. */
export function ConsoleNoticeCard({
  notice,
  values,
  send,
  startButton,
  isStrip,
}: ConsoleNoticeCardProps) {
  const { t } = useTranslation()
  const texts = { ...values, ...notice.values }
  const title = t(notice.title, texts)
  const body = (
    <>
      <p>{t(notice.body, texts)}</p>
      {notice.details !== undefined && <p>{notice.details}</p>}
    </>
  )
  const actions = notice.actions.map((action, index) =>
    action === 'start' ? (
      <span key={action}>{startButton}</span>
    ) : (
      <Button
        key={action}
        variant={index === 0 && notice.type !== 'pending' ? 'primary' : 'secondary'}
        onClick={() => send(EVENTS[action])}
      >
        {t(`consoles.action.${action}`)}
      </Button>
    ),
  )
  if (isStrip) {
    return (
      <Alert
        className="virtdeck-console__strip"
        variant={ALERT_VARIANTS[notice.type]}
        title={title}
        isInline
        actionLinks={actions}
      >
        {body}
      </Alert>
    )
  }
  const View = VIEWS[notice.type]
  return (
    <div className="virtdeck-console__notice">
      <View title={title} actions={actions}>
        {body}
      </View>
    </div>
  )
}
