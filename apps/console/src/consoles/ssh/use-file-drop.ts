import { useEffect, useState, type RefObject } from 'react'

/** Files dragged over an element and dropped there; true while they are over it. */
export function useFileDrop(
  element: RefObject<HTMLElement | null>,
  onDrop: (files: FileList) => void,
): boolean {
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    const target = element.current
    if (!target) return
    const over = (event: DragEvent) => {
      // Otherwise the browser opens the file in place of the page.
      event.preventDefault()
      setIsOver(true)
    }
    const leave = ({ relatedTarget }: DragEvent) => {
      if (!target.contains(relatedTarget as Node | null)) setIsOver(false)
    }
    const drop = (event: DragEvent) => {
      event.preventDefault()
      setIsOver(false)
      if (event.dataTransfer) onDrop(event.dataTransfer.files)
    }
    target.addEventListener('dragover', over)
    target.addEventListener('dragleave', leave)
    target.addEventListener('drop', drop)
    return () => {
      target.removeEventListener('dragover', over)
      target.removeEventListener('dragleave', leave)
      target.removeEventListener('drop', drop)
    }
  }, [element, onDrop])
  return isOver
}
