import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Age.module.css'
import { relativeTime } from './relative-time.ts'

const TICK_MILLISECONDS = 10_000

/** How long ago something was, kept current; the exact time on hover. */
export function Age({ time }: { time: string }) {
  const { i18n } = useTranslation()
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), TICK_MILLISECONDS)
    return () => clearInterval(timer)
  }, [])
  const from = new Date(time)
  // An event that just came in is newer than the last tick.
  const reference = from > now ? from : now
  return (
    <time className={styles['age']} dateTime={time} title={from.toLocaleString(i18n.language)}>
      {relativeTime({ from, now: reference, language: i18n.language })}
    </time>
  )
}
