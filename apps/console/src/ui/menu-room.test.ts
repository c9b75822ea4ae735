import { expect, test } from 'vitest'
import { menuRoom } from './menu-room.ts'

test.each([
  { where: 'at the top', toggle: { top: 100, bottom: 140 }, height: 900, room: 736 },
  { where: 'in the middle', toggle: { top: 430, bottom: 470 }, height: 900, room: 406 },
  { where: 'at the bottom', toggle: { top: 800, bottom: 840 }, height: 900, room: 776 },
  { where: 'in a very low window', toggle: { top: 80, bottom: 120 }, height: 200, room: 160 },
])('a menu $where fits into the window', ({ toggle, height, room }) => {
  expect(menuRoom(toggle, height)).toBe(room)
})
