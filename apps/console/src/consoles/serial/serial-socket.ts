import type { ConnectionListener } from '../console-session.ts'

/** A refused connection opens and closes at once; one that stays open this long (ms) works. */
const SETTLED_AFTER = 300

export interface SerialConnection {
  send: (text: string) => void
  /** Bytes that are no text, such as mouse reports: one byte a character. */
  sendBinary: (text: string) => void
  close: () => void
}

/**
 * The guest's bytes over a WebSocket. They are handed on as they come: characters may be
 * cut by frames, and the terminal's decoder puts them together.
 */
export function connectSerial({
  socket,
  listener,
  onData,
}: {
  socket: WebSocket
  listener: Pick<ConnectionListener, 'opened' | 'closed'>
  onData: (bytes: Uint8Array) => void
}): SerialConnection {
  let state: 'new' | 'settled' | 'over' = 'new'
  let timer: ReturnType<typeof setTimeout> | undefined

  function settle(): void {
    clearTimeout(timer)
    if (state !== 'new') return
    state = 'settled'
    listener.opened()
  }

  socket.binaryType = 'arraybuffer'
  socket.addEventListener('open', () => {
    if (state === 'new') timer = setTimeout(settle, SETTLED_AFTER)
  })
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    // KubeVirt sends binary frames only and ignores text frames; so do we.
    if (state === 'over' || !(data instanceof ArrayBuffer)) return
    settle()
    onData(new Uint8Array(data))
  })
  socket.addEventListener('close', ({ code, reason }) => {
    clearTimeout(timer)
    if (state === 'over') return
    state = 'over'
    listener.closed({ code, reason })
  })

  const sendBytes = (bytes: Uint8Array<ArrayBuffer>) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(bytes)
  }

  return {
    send: (text) => sendBytes(new TextEncoder().encode(text)),
    sendBinary: (text) =>
      sendBytes(Uint8Array.from(text, (character) => character.charCodeAt(0))),
    close: () => {
      clearTimeout(timer)
      state = 'over'
      socket.close()
    },
  }
}
