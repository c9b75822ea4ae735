import type { TLSSocket } from 'node:tls'
import type { WebSocket } from 'ws'
import { wantWholePictures } from './want-whole-pictures.ts'

/** Above this, the guest waits until the browser has read. */
const MAX_UNSENT_BYTES = 1024 * 1024

/** Joins a browser with the inside of a guest's TLS; a slow side slows down the other. */
export function relayRdp({
  webSocket,
  guest,
  first,
  asksForWholePictures,
}: {
  webSocket: WebSocket
  guest: TLSSocket
  /** What came behind the browser's request. */
  first: Buffer
  asksForWholePictures: boolean
}): void {
  let mayPatch = asksForWholePictures
  const toGuest = (bytes: Buffer) => {
    if (mayPatch && wantWholePictures(bytes)) mayPatch = false
    if (guest.writable && !guest.write(bytes)) webSocket.pause()
  }
  guest.on('drain', () => webSocket.resume())
  webSocket.on('message', (data) => toGuest(data as Buffer))
  if (first.length > 0) toGuest(first)

  guest.on('data', (bytes: Buffer) => {
    if (webSocket.readyState !== webSocket.OPEN) return
    webSocket.send(bytes, () => {
      if (webSocket.bufferedAmount <= MAX_UNSENT_BYTES) guest.resume()
    })
    if (webSocket.bufferedAmount > MAX_UNSENT_BYTES) guest.pause()
  })
  // A guest that goes without a farewell ends the session just the same.
  guest.on('error', () => guest.destroy())
  guest.once('close', () => webSocket.close(1000))
  webSocket.once('close', () => guest.destroy())
}
