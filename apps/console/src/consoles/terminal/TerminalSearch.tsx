import { SearchInput } from '@patternfly/react-core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TerminalView } from './terminal-view.ts'
import styles from './Terminal.module.css'

interface TerminalSearchProps {
  display: Pick<TerminalView, 'find' | 'endFind' | 'focus'>
  onClose: () => void
}

/** F-42: finds a text in all that the terminal keeps. Enter goes on, Escape ends it. */
export function TerminalSearch({ display, onClose }: TerminalSearchProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [isFound, setIsFound] = useState(true)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    input.current?.focus()
    return () => display.endFind()
  }, [display])

  const find = (value: string, direction: 'next' | 'previous') =>
    setIsFound(value === '' || display.find(value, direction))

  function close(): void {
    onClose()
    display.focus()
  }

  return (
    <search className={styles['search']}>
      <SearchInput
        aria-label={t('consoles.terminal.find')}
        placeholder={t('consoles.terminal.find')}
        ref={input}
        value={text}
        onChange={(_event, value) => {
          setText(value)
          find(value, 'previous')
        }}
        onNextClick={() => find(text, 'next')}
        onPreviousClick={() => find(text, 'previous')}
        onClear={close}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close()
          if (event.key === 'Enter') find(text, event.shiftKey ? 'next' : 'previous')
        }}
      />
      <output>{isFound ? '' : t('consoles.terminal.notFound')}</output>
    </search>
  )
}
