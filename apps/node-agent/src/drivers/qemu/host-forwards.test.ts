import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { HostForwards, parseForwards } from './host-forwards.ts'

/** What QEMU 7.2 says to `info usernet`. */
const usernet = (port: number) => `Hub -1 (net0):\r
  Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ\r
  TCP[HOST_FORWARD]   8       127.0.0.1 ${port}       10.0.2.2      22     0     0\r
  TCP[ESTABLISHED]    9       127.0.0.1 ${port}       10.0.2.2      22     0     0\r
Hub -1 (net1):\r
  Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ\r
  UDP[HOST_FORWARD]   3       127.0.0.1 45353       10.0.3.2      53     0     0\r
`

test('forwards of an earlier agent are read from the monitor', async () => {
  const forwards = parseForwards(usernet(45_354))
  expect([...forwards.keys()]).toEqual(['net0/tcp/22', 'net1/udp/53'])
  expect(await Promise.all(forwards.values())).toEqual([45_354, 45_353])
})

test('a forward is added once, and only if there is none', async () => {
  const server = createServer((socket) => socket.end('hello'))
  onTestFinished(() => void server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const said: string[] = []
  const forwards = new HostForwards((line) => {
    said.push(line)
    return Promise.resolve(line === 'info usernet' ? usernet(port) : 'not today')
  })
  const target = { nic: 0, port: 22, protocol: 'tcp' } as const
  for (let viewer = 0; viewer < 2; viewer += 1) {
    const stream = await forwards.open(target)
    const [greeting] = (await once(stream, 'data')) as [Buffer]
    expect(greeting.toString()).toBe('hello')
    stream.destroy()
  }
  expect(said).toEqual(['info usernet'])
  await expect(forwards.open({ ...target, port: 80 })).rejects.toThrow(
    'port 80 cannot be forwarded: not today',
  )
})
