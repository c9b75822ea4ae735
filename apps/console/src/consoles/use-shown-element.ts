import { useState } from 'react'

/** Where a dialog can be seen: in full screen only what is inside of it is. */
export function useShownElement(): HTMLElement {
  // As it was when the dialog was opened; PatternFly takes it away from there again.
  const [element] = useState(() => {
    const { fullscreenElement } = document
    return fullscreenElement instanceof HTMLElement ? fullscreenElement : document.body
  })
  return element
}
