import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { Duplex } from 'node:stream'

/** Datagrams that nobody reads are dropped, as networks do. */
const LONGEST_QUEUE = 1024 * 1024

/** A UDP socket to a port on loopback as a stream: each chunk is a datagram. */
export async function openDatagrams(port: number): Promise<Duplex> {
  const socket = createSocket('udp4')
  socket.connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const stream = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => socket.send(chunk, () => done()),
    destroy: (error, done) => {
      socket.close(() => done(error))
    },
  })
  socket.on('message', (message) => {
    if (stream.readableLength < LONGEST_QUEUE) stream.push(message)
  })
  // A closed port answers with an ICMP error, and may be open a moment later.
  socket.on('error', () => undefined)
  return stream
}
