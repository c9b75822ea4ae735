import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogBuffer } from './log-buffer.ts'
import { LogRows, rowsOf } from './log-rows.ts'
import { LogText } from './LogText.tsx'
import styles from './LogLines.module.css'
import { useColumns } from './use-columns.ts'

/** Has to be the line height of the style sheet. */
const ROW_HEIGHT = 20
/** Rows above and below what can be seen, so that scrolling shows no gaps. */
const OVERSCAN = 20

interface LogLinesProps {
  label: string
  /** The parent renders this again when it has changed. */
  buffer: LogBuffer
  isWrapped: boolean
  hasTimes: boolean
  query: string
  /** The line that a search is at. */
  current: number | undefined
  isFollowing: boolean
  onFollowingChange: (isFollowing: boolean) => void
}

/** A log of any length: only what can be seen is on the page. */
export function LogLines(props: LogLinesProps) {
  const { buffer, isWrapped, hasTimes, query, current, isFollowing } = props
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const ruler = useRef<HTMLSpanElement>(null)
  const columns = useColumns(scroller, ruler)
  const [view, setView] = useState({ top: 0, height: 600 })
  /** What is at the top: lines may be forgotten, wrapped or widened above it. */
  const anchor = useRef({ line: 0, offset: 0 })
  const lastTop = useRef(0)

  const rows = useMemo(() => {
    const textOf = (line: number) => {
      const { time = '', text = '' } = buffer.line(line) ?? {}
      return hasTimes ? `${time} ${text}` : text
    }
    return new LogRows(buffer, (line) => (isWrapped ? rowsOf(textOf(line), columns) : 1))
  }, [buffer, hasTimes, isWrapped, columns])

  function readView(element: HTMLDivElement): void {
    const top = element.scrollTop
    const at = rows.lineAt(Math.floor(top / ROW_HEIGHT))
    anchor.current = { line: at.line, offset: top - at.row * ROW_HEIGHT }
    lastTop.current = top
    setView({ top, height: element.clientHeight })
  }

  function onScroll(element: HTMLDivElement): void {
    const { scrollTop, clientHeight, scrollHeight } = element
    const isAtEnd = scrollTop + clientHeight >= scrollHeight - 2 * ROW_HEIGHT
    // Only people scroll up; what grows moves the end away from a place that stays.
    if (isFollowing && !isAtEnd && scrollTop < lastTop.current - 1) {
      props.onFollowingChange(false)
    } else if (!isFollowing && isAtEnd && scrollTop > lastTop.current) {
      props.onFollowingChange(true)
    }
    readView(element)
  }

  const { first, end } = buffer
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || end === 0) return
    const { line, offset } = anchor.current
    const top = isFollowing
      ? element.scrollHeight - element.clientHeight
      : rows.rowOf(Math.max(line, first)) * ROW_HEIGHT + offset
    element.scrollTop = top
    // What is scrolled here was not scrolled by somebody.
    lastTop.current = element.scrollTop
  }, [first, end, rows, isFollowing])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || current === undefined) return
    element.scrollTop = rows.rowOf(current) * ROW_HEIGHT - element.clientHeight / 3
    lastTop.current = element.scrollTop
  }, [current, rows])

  const start = rows.lineAt(Math.max(0, Math.floor(view.top / ROW_HEIGHT) - OVERSCAN))
  const lastRow = (view.top + view.height) / ROW_HEIGHT + OVERSCAN
  const shown: number[] = []
  for (let line = start.line, row = start.row; line < end && row < lastRow; line += 1) {
    shown.push(line)
    row += rows.heightOf(line)
  }
  return (
    <div
      ref={scroller}
      className={`${styles['scroller']} ${isWrapped ? styles['wrapped'] : ''}`}
      role="log"
      // Ten thousand lines a second are nothing to be read out.
      aria-live="off"
      aria-label={props.label}
      // Without focus the keyboard could not scroll it.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={(event) => onScroll(event.currentTarget)}
    >
      <span ref={ruler} className={styles['ruler']} aria-hidden>
        {RULER}
      </span>
      <div className={styles['content']} style={{ blockSize: rows.total * ROW_HEIGHT }}>
        <div style={{ transform: `translateY(${start.row * ROW_HEIGHT}px)` }}>
          {shown.map((number) => {
            const { time = '', text = '' } = buffer.line(number) ?? {}
            return (
              <div
                key={number}
                className={`${styles['line']} ${number === current ? styles['current'] : ''}`}
                {...(number === current && { 'aria-label': t('logs.currentMatch') })}
              >
                {hasTimes && <span className={styles['time']}>{time} </span>}
                <LogText text={text} query={query} />
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

/** As many letters as make a measure of one precise. */
const RULER = '0'.repeat(50)
