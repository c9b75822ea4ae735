import { useEffect, useMemo, useState } from 'react'
import { LogSearch } from './log-search.ts'
import type { LogSession } from './log-session.ts'

/** Of each frame (ms): the rest is for scrolling and typing. */
const BUDGET = 6

interface FoundLines {
  /** How many lines have the text, as far as was looked. */
  count: number
  /** Which of them is chosen, from 1; 0 for none. */
  position: number
  /** The chosen line's number. */
  current: number | undefined
  next: () => void
  previous: () => void
}

/** Finds a text in a log that goes on growing. */
export function useLogSearch({ buffer, version }: LogSession, query: string): FoundLines {
  const search = useMemo(
    () => (query === '' ? undefined : new LogSearch(buffer, query)),
    [buffer, query],
  )
  const [, setLooked] = useState(0)
  const [chosen, setChosen] = useState<{ search: LogSearch; line: number }>()

  useEffect(() => {
    if (!search) return undefined
    let frame = 0
    const look = () => {
      const isDone = search.advance(BUDGET)
      setLooked((count) => count + 1)
      if (!isDone) frame = requestAnimationFrame(look)
    }
    const lookSoon = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(look)
    }
    lookSoon()
    const stopListening = version.subscribe(lookSoon)
    return () => {
      stopListening()
      cancelAnimationFrame(frame)
    }
  }, [search, version])

  const matches = search?.matches ?? []
  const current = chosen?.search === search ? chosen?.line : undefined
  const index = current === undefined ? -1 : matches.indexOf(current)

  /** Around the ends; at first to the newest, which is where logs are read. */
  function choose(step: 1 | -1): void {
    if (!search || matches.length === 0) return
    const from = index === -1 ? (step === 1 ? matches.length - 2 : matches.length) : index
    const line = matches[(from + step + matches.length) % matches.length]
    if (line !== undefined) setChosen({ search, line })
  }

  return {
    count: matches.length,
    position: index + 1,
    current,
    next: () => choose(1),
    previous: () => choose(-1),
  }
}
