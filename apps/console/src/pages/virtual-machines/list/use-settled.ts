import { useEffect, useRef, useState } from 'react'

/** A value that changes at once after a rest, and else no more often than once in a time. */
export function useSettled<T>(value: T, restMs: number): T {
  const [settled, setSettled] = useState(value)
  const changedAt = useRef(0)
  useEffect(() => {
    if (value === settled) return undefined
    const wait = Math.max(0, changedAt.current + restMs - Date.now())
    const timer = setTimeout(() => {
      changedAt.current = Date.now()
      setSettled(value)
    }, wait)
    return () => clearTimeout(timer)
  }, [value, settled, restMs])
  return settled
}
