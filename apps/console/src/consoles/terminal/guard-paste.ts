/** More than one line: the last one's end is what Enter would be. */
export const hasSeveralLines = (text: string): boolean => /[\r\n]/.test(text.trimEnd())

/**
 * Asks before a text of several lines is pasted: shells run each line at once, and what was
 * copied from a web page may hold more than one saw.
 */
export function guardPaste(
  element: HTMLElement,
  { onSeveralLines }: { onSeveralLines: (text: string) => void },
): void {
  element.addEventListener(
    'paste',
    (event) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (!hasSeveralLines(text)) return
      event.preventDefault()
      event.stopPropagation()
      onSeveralLines(text)
    },
    // Before xterm, which would send it.
    { capture: true },
  )
}
