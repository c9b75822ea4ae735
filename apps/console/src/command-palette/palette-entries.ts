import type { ComponentType } from 'react'

/** One line of the palette. */
export interface PaletteEntry {
  id: string
  label: string
  /** Beside the label: a project, or why it cannot be chosen. */
  hint?: string | undefined
  icon?: ComponentType
  isDisabled?: boolean
  onChoose: () => void
}

export interface PaletteGroup {
  id: string
  label: string
  entries: readonly PaletteEntry[]
}

/** Entries whose label has all words of the text, in any order and case. */
export function matchingEntries(
  entries: readonly PaletteEntry[],
  text: string,
): readonly PaletteEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return entries.filter(({ label }) => {
    const lower = label.toLowerCase()
    return words.every((word) => lower.includes(word))
  })
}

/** The position after a key was pressed; beyond the ends it goes on at the other one. */
export function nextPosition(key: string, position: number, count: number): number {
  if (count === 0) return 0
  switch (key) {
    case 'ArrowDown':
      return (position + 1) % count
    case 'ArrowUp':
      return (position - 1 + count) % count
    default:
      return position
  }
}
