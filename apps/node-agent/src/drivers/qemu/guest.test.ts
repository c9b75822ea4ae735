import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { GuestEnd } from '../driver.ts'
import { QemuGuest } from './guest.ts'

/** A monitor that answers every command, and tells what a test wants told. */
class FakeMonitor {
  readonly commands: string[] = []
  status = 'running'
  frontEndOpen = false
  #server: Server | undefined
  #client: Socket | undefined

  async listen(path: string): Promise<void> {
    this.#server = createServer((client) => {
      this.#client = client
      client.on('error', () => client.destroy())
      client.write('{"QMP": {"version": {}}}\n')
      client.on('data', (chunk: Buffer) => {
        for (const line of chunk.toString('utf8').trim().split('\n')) this.#answer(line)
      })
    })
    await new Promise<void>((resolve) => this.#server?.listen(path, resolve))
  }

  tell(event: string, data: object = {}): void {
    this.#client?.write(`${JSON.stringify({ event, data })}\n`)
  }

  close(): void {
    this.#client?.destroy()
    this.#server?.close()
  }

  #answer(line: string): void {
    const { execute, id } = JSON.parse(line) as { execute: string; id: number }
    this.commands.push(execute)
    const answers: Record<string, unknown> = {
      'query-status': { status: this.status },
      'qom-get': 'pc-q35-7.2-machine',
      'query-chardev': [{ label: 'agent0', 'frontend-open': this.frontEndOpen }],
    }
    this.#client?.write(`${JSON.stringify({ id, return: answers[execute] ?? {} })}\n`)
    if (execute === 'quit') this.#client?.end()
  }
}

describe('a guest', () => {
  let directory: string
  let monitor: FakeMonitor
  let ends: GuestEnd[]
  let changes: number

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'guest-'))
    monitor = new FakeMonitor()
    ends = []
    changes = 0
    await monitor.listen(join(directory, 'monitor.sock'))
  })
  afterEach(async () => {
    monitor.close()
    await rm(directory, { recursive: true })
  })

  const connect = () =>
    QemuGuest.connect(
      { uid: 'u', directory },
      // Nobody: only the monitor matters here.
      { pid: 2 ** 30, startTime: '0' },
      { onEnd: (end) => ends.push(end), onChange: () => (changes += 1) },
    )

  test('is paused by its user, and goes on', async () => {
    const guest = await connect()
    expect(guest).toMatchObject({ paused: false, machineType: 'pc-q35-7.2' })
    monitor.tell('STOP')
    await expect.poll(() => guest.paused).toBe(true)
    expect(guest.pausedBy).toBe('user')
    monitor.tell('RESUME')
    await expect.poll(() => guest.paused).toBe(false)
    expect(changes).toBe(2)
    guest.detach()
  })

  test('is paused by a disk that cannot be written', async () => {
    const guest = await connect()
    monitor.tell('BLOCK_IO_ERROR', { action: 'report' })
    monitor.tell('BLOCK_IO_ERROR', { action: 'stop' })
    monitor.tell('STOP')
    await expect.poll(() => guest.paused).toBe(true)
    expect(guest.pausedBy).toBe('io-error')
    monitor.tell('RESUME')
    await expect.poll(() => guest.pausedBy).toBe('user')
    guest.detach()
  })

  test('has an agent that comes and goes', async () => {
    monitor.frontEndOpen = true
    const guest = await connect()
    expect(guest.agentConnected).toBe(true)
    monitor.tell('VSERPORT_CHANGE', { id: 'other', open: false })
    monitor.tell('VSERPORT_CHANGE', { id: 'agent0', open: false })
    await expect.poll(() => guest.agentConnected).toBe(false)
    guest.detach()
  })

  test('panics', async () => {
    const guest = await connect()
    monitor.tell('GUEST_PANICKED', { action: 'pause' })
    monitor.tell('STOP')
    await expect
      .poll(() => ends)
      .toEqual([{ kind: 'crash', message: "the guest's kernel panicked" }])
    expect(guest.paused).toBe(false)
  })

  test.each<[string, GuestEnd['kind']]>([
    ['shutdown', 'shutdown'],
    ['guest-panicked', 'crash'],
  ])('had come to its end before the agent: %s', async (status, kind) => {
    monitor.status = status
    await connect()
    await expect.poll(() => ends).toMatchObject([{ kind }])
    expect(monitor.commands).toContain('quit')
  })

  test('was paused by an error before the agent came', async () => {
    monitor.status = 'io-error'
    const guest = await connect()
    expect(guest).toMatchObject({ paused: true, pausedBy: 'io-error' })
    guest.detach()
  })
})
