import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { QmpClient, type QmpEvent } from './qmp.ts'

const GREETING = '{"QMP": {"version": {}}}\r\n'

/** A monitor that answers as told. */
async function startMonitor(answer: (command: string, socket: Socket, id: number) => void) {
  const directory = await mkdtemp(join(tmpdir(), 'qmp-'))
  const path = join(directory, 'monitor.sock')
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    answer('connect', socket, 0)
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().trim().split('\n')) {
        const { execute, id } = JSON.parse(line) as { execute: string; id: number }
        answer(execute, socket, id)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  return {
    path,
    async [Symbol.asyncDispose]() {
      server.close()
      await rm(directory, { recursive: true })
    },
  }
}

const nothing = () => undefined

test('answers, errors and events find their way', async () => {
  const events: QmpEvent[] = []
  await using monitor = await startMonitor((command, socket, id) => {
    if (command === 'connect') socket.write(GREETING)
    else if (command === 'cont') {
      const error = { class: 'GenericError', desc: 'not now' }
      socket.write(`${JSON.stringify({ event: 'STOP' })}\n${JSON.stringify({ id, error })}\n`)
    } else socket.write(`{"return": {"command": "${command}"}, "id": ${id}}\n`)
  })
  const client = await QmpClient.connect({
    path: monitor.path,
    onEvent: (event) => events.push(event),
    onClose: nothing,
  })
  expect(await client.execute('query-status')).toEqual({ command: 'query-status' })
  await expect(client.execute('cont')).rejects.toThrow('not now')
  expect(events).toEqual([{ event: 'STOP' }])
  client.close()
})

test('a monitor that serves another client does not hold the agent up', async () => {
  await using monitor = await startMonitor(nothing)
  const options = { path: monitor.path, onEvent: nothing, onClose: nothing, timeoutMs: 50 }
  await expect(QmpClient.connect(options)).rejects.toThrow('the QEMU monitor does not answer')
})

test('a QEMU that goes away fails what was asked, and is told of once', async () => {
  const onClose = vi.fn<() => void>()
  await using monitor = await startMonitor((command, socket, id) => {
    if (command === 'connect') socket.write(GREETING)
    else if (command === 'query-status') socket.destroy()
    else socket.write(`{"return": {}, "id": ${id}}\n`)
  })
  const client = await QmpClient.connect({ path: monitor.path, onEvent: nothing, onClose })
  await expect(client.execute('query-status')).rejects.toThrow('QEMU is gone')
  expect(onClose).toHaveBeenCalledTimes(1)
  await expect(client.execute('cont')).rejects.toThrow('QEMU is gone')
})
