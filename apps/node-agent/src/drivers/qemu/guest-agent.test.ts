import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { GuestAgentChannel } from './guest-agent.ts'

interface Request {
  execute: string
  arguments?: { id?: number }
}

let directory: string
let server: Server
let clients: Socket[]
let channel: GuestAgentChannel
/** What the agent in the guest says to a request; nothing if undefined. */
let answer: (request: Request) => unknown

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'agent-'))
  clients = []
  const path = join(directory, 'agent.sock')
  server = createServer((client) => {
    clients.push(client)
    client.on('error', () => client.destroy())
    // What an earlier client had asked for.
    client.write('{"return": {"stale": true}}\n')
    client.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString('latin1').replaceAll('\xff', '').trim().split('\n')) {
        const said = answer(JSON.parse(line) as Request)
        if (said !== undefined) client.write(`${JSON.stringify(said)}\n`)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  channel = new GuestAgentChannel(path, 100)
  answer = (request) =>
    request.execute === 'guest-sync'
      ? { return: request.arguments?.id }
      : { return: request.execute }
})
afterEach(async () => {
  channel.close()
  for (const client of clients) client.destroy()
  server.close()
  await rm(directory, { recursive: true })
})

test('commands go one after another and get their own answers', async () => {
  const answers = await Promise.all(['a', 'b', 'c'].map((name) => channel.execute(name)))
  expect(answers).toEqual(['a', 'b', 'c'])
  expect(clients).toHaveLength(1)
})

test('an error is told in its own words', async () => {
  const before = answer
  answer = (request) =>
    request.execute === 'bad' ? { error: { desc: 'no such file' } } : before(request)
  await expect(channel.execute('bad')).rejects.toThrow('no such file')
  expect(await channel.execute('good')).toBe('good')
})

test('an agent that does not answer is given up, and asked anew the next time', async () => {
  const before = answer
  answer = (request) => (request.execute === 'slow' ? undefined : before(request))
  await expect(channel.execute('slow')).rejects.toThrow(
    'the guest agent does not answer to slow',
  )
  expect(await channel.execute('next')).toBe('next')
  expect(clients).toHaveLength(2)
})

test('a closed channel answers nothing', async () => {
  channel.close()
  await expect(channel.execute('a')).rejects.toThrow('the guest agent is not connected')
})
