import { useEffect, type RefObject } from 'react'

/** Shows an element that React did not make, and leaves it alive when the host goes. */
export function useMountedElement(
  host: RefObject<HTMLElement | null>,
  element: HTMLElement,
): void {
  useEffect(() => {
    host.current?.append(element)
    return () => element.remove()
  }, [host, element])
}

/**
 * Whether a console that has just connected may take the keyboard: nobody is typing
 * elsewhere on the page.
 */
export function mayTakeFocus(panel: Element | null | undefined): boolean {
  const { activeElement } = document
  return (
    activeElement === null ||
    activeElement === document.body ||
    (panel?.contains(activeElement) ?? false)
  )
}
