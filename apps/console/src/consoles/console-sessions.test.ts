import { beforeEach, expect, test } from 'vitest'
import type { ConsoleDisplay, ConsoleSession } from './console-session.ts'
import { createConsoleSessions } from './console-sessions.ts'

let log: string[]

beforeEach(() => {
  log = []
})

function fakeSession(name: string): ConsoleSession {
  log.push(`open ${name}`)
  const store = { get: () => undefined, subscribe: () => () => {}, use: () => undefined }
  return {
    machine: store as unknown as ConsoleSession['machine'],
    display: store,
    send: (event) => void log.push(`${event.type} ${name}`),
    dispose: () => void log.push(`close ${name}`),
  }
}

const inDefault = (name: string) => ({ namespace: 'default', name })

function sessionsWith(limit: number) {
  const sessions = createConsoleSessions<'vnc' | 'serial', ConsoleDisplay>(limit)
  const open = (name: string, kind: 'vnc' | 'serial' = 'vnc') =>
    sessions.open(inDefault(name), kind, () => fakeSession(`${name}/${kind}`))
  return { sessions, open }
}

test('F-40 a console is opened once', () => {
  const { open } = sessionsWith(4)
  open('a')
  open('a')
  open('a', 'serial')
  expect(log).toEqual(['open a/vnc', 'open a/serial'])
})

test('F-40 the longest unused goes when there are too many', () => {
  const { open } = sessionsWith(2)
  open('a')
  open('b')
  open('a')
  open('c')
  expect(log).toEqual(['open a/vnc', 'open b/vnc', 'open c/vnc', 'close b/vnc'])
})

test('F-40 leaving a VM ends its consoles and no others', () => {
  const { sessions, open } = sessionsWith(4)
  open('a')
  open('a', 'serial')
  open('ab')
  log = []
  sessions.closeAllOf(inDefault('a'))
  expect(log).toEqual(['close a/vnc', 'close a/serial'])
  open('a')
  expect(log).toContain('open a/vnc')
})

test('F-40 all consoles of a VM hear what became of its guest', () => {
  const { sessions, open } = sessionsWith(4)
  open('a')
  open('a', 'serial')
  open('b')
  log = []
  sessions.setGuest(inDefault('a'), 'stopped')
  sessions.retryAll()
  expect(log).toEqual([
    'guest a/vnc',
    'guest a/serial',
    'retry a/vnc',
    'retry a/serial',
    'retry b/vnc',
  ])
})
