interface KeyPress {
  code: string
  ctrlKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/**
 * Consoles swallow Tab and everything else, so there is one chord that always leaves them:
 * Ctrl+Alt+Shift, in any order. Guests have no use for it without a further key.
 *
 * Physical codes, because X11 names Alt "Meta" while Shift is held.
 */
export function isLeaveChord({ code, ctrlKey, altKey, shiftKey }: KeyPress): boolean {
  const pressed = /^(Control|Alt|Shift)(Left|Right)$/.exec(code)?.[1]
  return (
    pressed !== undefined &&
    (ctrlKey || pressed === 'Control') &&
    (altKey || pressed === 'Alt') &&
    (shiftKey || pressed === 'Shift')
  )
}
