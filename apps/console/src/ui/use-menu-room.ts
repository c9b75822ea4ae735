import { useState } from 'react'
import { menuRoom } from './menu-room.ts'

/**
 * Keeps a long menu inside of the window: it scrolls where there is too little room for it.
 * To be measured each time when the menu opens.
 */
export function useMenuRoom() {
  const [room, setRoom] = useState<number>()
  return {
    measureRoom: (toggle: HTMLElement) =>
      setRoom(menuRoom(toggle.getBoundingClientRect(), window.innerHeight)),
    menuProps: {
      isScrollable: true,
      ...(room !== undefined && { maxMenuHeight: `${room}px` }),
    },
  }
}
