import { once } from 'node:events'
import type { LiveClientFrame, LiveQuery, LiveServerFrame } from '@virtdeck/bff-contract'
import { liveServerFrame } from '@virtdeck/bff-contract'
import type { FastifyInstance } from 'fastify'
import { onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'
import { signIn } from './build.ts'

/** Listens on a free port; its address and Origin. */
export async function listen(server: FastifyInstance): Promise<string> {
  return server.listen({ host: '127.0.0.1', port: 0 })
}

/** A browser tab's socket. */
export class LiveClient {
  readonly frames: LiveServerFrame[] = []
  readonly socket: WebSocket
  closeCode: number | undefined

  constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data) =>
      this.frames.push(liveServerFrame.parse(JSON.parse((data as Buffer).toString('utf8')))),
    )
    socket.on('close', (code) => (this.closeCode = code))
  }

  static async open(server: FastifyInstance, body?: object): Promise<LiveClient> {
    const cookie = await signIn(server, body)
    const address = await listen(server)
    const socket = new WebSocket(`${address.replace('http', 'ws')}/api/live`, {
      headers: { cookie, origin: address },
    })
    onTestFinished(() => socket.terminate())
    const client = new LiveClient(socket)
    await once(socket, 'open')
    return client
  }

  send(frame: LiveClientFrame): void {
    this.socket.send(JSON.stringify(frame))
  }

  subscribe(query: LiveQuery, id = 1): void {
    this.send({ type: 'subscribe', id, query })
  }

  /** Waits until that many frames have come, and returns the last one. */
  async frame(count: number): Promise<LiveServerFrame> {
    await vi.waitUntil(() => this.frames.length >= count, { timeout: 10_000, interval: 5 })
    return this.frames[count - 1] as LiveServerFrame
  }
}
