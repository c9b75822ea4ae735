/** Between the toggle and the menu, and between the menu and the window's edge. */
const MARGIN = 24

/** Lower than this, a menu shows too little to be chosen from. */
const SMALLEST = 160

/** How high a menu can be that opens below its toggle, or above where more room is. */
export function menuRoom(
  toggle: { top: number; bottom: number },
  windowHeight: number,
): number {
  const room = Math.max(toggle.top, windowHeight - toggle.bottom)
  return Math.max(SMALLEST, Math.floor(room - MARGIN))
}
