import { useEffect, useRef } from 'react'
import { flushSync } from 'react-dom'

type Reveal = (path: string) => void

/** What is on the page and may hide fields: rows that show their fields only while edited. */
const hiding = new Set<Reveal>()

/** Calls back before a field is focused; who hides it shows it then. */
export function useReveal(reveal: Reveal): void {
  const latest = useRef(reveal)
  useEffect(() => {
    latest.current = reveal
  })
  useEffect(() => {
    const call: Reveal = (path) => latest.current(path)
    hiding.add(call)
    return () => {
      hiding.delete(call)
    }
  }, [])
}

/** Fields are named by their place in the form. */
export function focusField(path: string): void {
  flushSync(() => {
    for (const reveal of hiding) reveal(path)
  })
  document.getElementsByName(path)[0]?.focus()
}
