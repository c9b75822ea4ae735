import { useEffect, useState, type RefObject } from 'react'

/** How many letters fit beside each other; the ruler is a text in the log's font. */
export function useColumns(
  scroller: RefObject<HTMLElement | null>,
  ruler: RefObject<HTMLElement | null>,
): number {
  const [columns, setColumns] = useState(80)
  useEffect(() => {
    const measure = () => {
      const letters = ruler.current?.textContent?.length ?? 0
      const width = (ruler.current?.getBoundingClientRect().width ?? 0) / letters
      if (!scroller.current || !(width > 0)) return
      const { paddingLeft, paddingRight } = getComputedStyle(scroller.current)
      const room =
        scroller.current.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)
      setColumns(Math.max(20, Math.floor(room / width)))
    }
    const observer = new ResizeObserver(measure)
    if (scroller.current) observer.observe(scroller.current)
    // A font that is loaded later is as wide as it is.
    if (ruler.current) observer.observe(ruler.current)
    return () => observer.disconnect()
  }, [scroller, ruler])
  return columns
}
