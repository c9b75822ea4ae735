import { expect, test } from 'vitest'
import { createIdleWatch } from './idle-watch.ts'

const MINUTE = 60_000

function watchOf(minutes: number) {
  const clock = { now: 0 }
  const watch = createIdleWatch({ now: () => clock.now })
  const ended: string[] = []
  const open = (name: string) => {
    const session = { name }
    watch.watch(session, { minutes, onIdle: () => ended.push(name) })
    return session
  }
  const after = (time: number) => {
    clock.now += time
    watch.check()
    return ended.splice(0)
  }
  return { watch, open, after }
}

test('a console that nobody touches is idle, whether it is shown or not', () => {
  const { watch, open, after } = watchOf(5)
  const used = open('used')
  open('left')
  expect(after(4 * MINUTE)).toEqual([])
  watch.touch(used)
  expect(after(MINUTE)).toEqual(['left'])
  expect(after(3 * MINUTE)).toEqual(['left'])
  expect(after(MINUTE)).toEqual(['used', 'left'])
})

test('other options change no time, and a closed console is forgotten', () => {
  const { watch, open, after } = watchOf(5)
  const session = open('one')
  expect(after(4 * MINUTE)).toEqual([])
  const other: string[] = []
  watch.watch(session, { minutes: 5, onIdle: () => other.push('one') })
  expect(after(MINUTE)).toEqual([])
  expect(other).toEqual(['one'])
  watch.forget(session)
  watch.touch(session)
  expect(after(60 * MINUTE)).toEqual([])
  expect(other).toEqual(['one'])
})
