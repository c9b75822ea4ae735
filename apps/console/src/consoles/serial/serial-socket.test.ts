import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connectSerial, type SerialConnection } from './serial-socket.ts'

class FakeSocket extends EventTarget {
  binaryType = 'blob'
  readyState: number = WebSocket.CONNECTING
  readonly sent: string[] = []

  open(): void {
    this.readyState = WebSocket.OPEN
    this.dispatchEvent(new Event('open'))
  }
  receive(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
  end(code: number, reason = ''): void {
    this.readyState = WebSocket.CLOSED
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason }))
  }
  send(bytes: Uint8Array): void {
    this.sent.push(Buffer.from(bytes).toString('hex'))
  }
  close(): void {
    this.end(1005)
  }
}

let socket: FakeSocket
let connection: SerialConnection
let log: string[]
let received: number[]

beforeEach(() => {
  vi.useFakeTimers()
  socket = new FakeSocket()
  log = []
  received = []
  connection = connectSerial({
    socket: socket as unknown as WebSocket,
    listener: {
      opened: () => void log.push('opened'),
      closed: ({ code, reason }) => void log.push(`closed ${code} ${reason}`.trim()),
    },
    onData: (bytes) => void received.push(...bytes),
  })
})
afterEach(() => vi.useRealTimers())

const bytes = (...values: number[]) => new Uint8Array(values).buffer

test('F-42 works once the guest says something', () => {
  socket.open()
  expect(log).toEqual([])
  socket.receive(bytes(0x41))
  expect(log).toEqual(['opened'])
  socket.receive(bytes(0x42))
  vi.advanceTimersByTime(1_000)
  expect(log).toEqual(['opened'])
  expect(received).toEqual([0x41, 0x42])
})

test('F-42 a silent guest: works once the socket stays open', () => {
  socket.open()
  vi.advanceTimersByTime(299)
  expect(log).toEqual([])
  vi.advanceTimersByTime(1)
  expect(log).toEqual(['opened'])
})

test('F-42 a refusal opens and closes at once: it never worked', () => {
  socket.open()
  socket.end(4400, 'VMI is not running')
  vi.advanceTimersByTime(1_000)
  expect(log).toEqual(['closed 4400 VMI is not running'])
})

test('F-42 bytes arrive as they are, also half characters', () => {
  expect(socket.binaryType).toBe('arraybuffer')
  socket.open()
  // あ is e3 81 82
  socket.receive(bytes(0xe3))
  socket.receive(bytes(0x81, 0x82, 0x0d))
  expect(received).toEqual([0xe3, 0x81, 0x82, 0x0d])
})

test('F-42 text frames are no guest output', () => {
  socket.open()
  socket.receive('{"kind":"Status"}')
  expect(received).toEqual([])
})

test('F-42 typed text goes as UTF-8, binary reports byte by byte', () => {
  socket.open()
  connection.send('あ\r')
  connection.sendBinary('\u001b[M\u00ff')
  expect(socket.sent).toEqual(['e381820d', '1b5b4dff'])
})

test('F-42 nothing is sent before the socket is open or after its end', () => {
  connection.send('a')
  socket.open()
  socket.end(1006)
  connection.send('b')
  expect(socket.sent).toEqual([])
})

test('F-42 after closing nothing is heard any more', () => {
  socket.open()
  connection.close()
  socket.receive(bytes(0x41))
  vi.advanceTimersByTime(1_000)
  expect(log).toEqual([])
  expect(received).toEqual([])
})
