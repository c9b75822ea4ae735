import { SearchInput } from '@patternfly/react-core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface SearchFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
}

/** Long enough that a typed word is one query. */
const DELAY_MILLISECONDS = 250

/** A search that waits for a pause in typing. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  // The URL changed by other means: back, "Clear filters".
  const [lastValue, setLastValue] = useState(value)
  if (value !== lastValue) {
    setLastValue(value)
    setText(value)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  const later = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onChange(next), next === '' ? 0 : DELAY_MILLISECONDS)
  }
  return (
    <SearchInput
      aria-label={label}
      placeholder={label}
      value={text}
      resetButtonLabel={t('common.clear')}
      onChange={(_event, next) => later(next)}
      onClear={() => later('')}
    />
  )
}
