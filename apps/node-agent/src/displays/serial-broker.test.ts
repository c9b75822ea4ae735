import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { duplexPair, type Duplex } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { RotatedLog } from './rotated-log.ts'
import { SerialBroker, withoutQueries } from './serial-broker.ts'

function textOf(stream: Duplex): () => string {
  let text = ''
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return () => text
}

test('all viewers see the output, late ones what was said before; all may type', async () => {
  const [guest, connection] = duplexPair()
  const broker = new SerialBroker()
  broker.connect(connection)
  const typed = textOf(guest)
  const first = broker.openViewer()
  const firstText = textOf(first)
  guest.write('hello ')
  await vi.waitFor(() => expect(firstText()).toBe('hello '))
  const second = broker.openViewer()
  const secondText = textOf(second)
  guest.write('world')
  await vi.waitFor(() => expect(secondText()).toBe('hello world'))
  first.write('a')
  second.write('b')
  await vi.waitFor(() => expect(typed()).toBe('ab'))
  first.destroy()
  await vi.waitFor(() => expect(broker.viewers).toBe(1))
  const ended = new Promise((resolve) => second.once('end', resolve))
  guest.destroy()
  connection.destroy()
  await ended
})

test('a viewer that does not read stalls neither the guest nor the others', async () => {
  const [guest, connection] = duplexPair()
  const broker = new SerialBroker()
  broker.connect(connection)
  const lazy = broker.openViewer()
  const text = textOf(broker.openViewer())
  const block = Buffer.alloc(64 * 1024, 'x')
  for (let count = 0; count < 64; count += 1) {
    await new Promise((resolve) => guest.write(block, resolve))
  }
  await vi.waitFor(() => expect(text().length).toBe(64 * block.length))
  expect(lazy.readableLength).toBeLessThan(1024 * 1024)
})

test('a replay asks the terminal nothing', () => {
  const output = Buffer.from('\x1b[1mbold\x1b[0m \x1b[6n\x1b[c\x1b[?1c$ ')
  expect(withoutQueries(output).toString()).toBe('\x1b[1mbold\x1b[0m $ ')
})

test('the log is rotated, and feeds the replay of the next agent', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'serial-'))
  const file = join(directory, 'serial.log')
  const log = new RotatedLog(file, 10)
  for (const line of ['first line\n', 'second line\n']) {
    log.write(line)
    await log.close()
  }
  expect(await readFile(`${file}.1`, 'utf8')).toBe('first line\n')
  const next = new RotatedLog(file)
  const broker = new SerialBroker({ log: next })
  await broker.loadHistory()
  const text = textOf(broker.openViewer())
  await vi.waitFor(() => expect(text()).toBe('second line\n'))
  await next.close()
  await rm(directory, { recursive: true })
})
