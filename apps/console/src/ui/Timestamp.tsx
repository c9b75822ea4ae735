import { useTranslation } from 'react-i18next'

/** A point in time in the reader's language and zone; UTC on hover. */
export function Timestamp({ time }: { time: string | undefined }) {
  const { i18n } = useTranslation()
  const date = time === undefined ? undefined : new Date(time)
  if (!date || Number.isNaN(date.getTime())) return <>{NOTHING}</>
  const text = date.toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <time dateTime={date.toISOString()} title={date.toISOString()}>
      {text}
    </time>
  )
}

const NOTHING = '–'
