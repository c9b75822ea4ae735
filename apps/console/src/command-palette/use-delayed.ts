import { useEffect, useState } from 'react'

/** Long enough that a typed word is one query. */
const DELAY_MILLISECONDS = 150

/** The value as it was when it last stood still for a moment. */
export function useDelayed<T>(value: T): T {
  const [delayed, setDelayed] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), DELAY_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [value])
  return delayed
}
