import {
  SSH_FILE,
  SSH_FILE_HEADER_BYTES,
  SSH_TERMINAL,
  sshServerFrame,
  type SshServerFrame,
} from '@virtdeck/bff-contract'

export type SshServerMessage =
  | { type: 'frame'; frame: SshServerFrame }
  | { type: 'terminal'; bytes: Uint8Array }
  | { type: 'piece'; id: number; bytes: Uint8Array<ArrayBuffer> }

/** Undefined for what a newer console server may say. */
export function parseMessage(data: unknown): SshServerMessage | undefined {
  if (typeof data === 'string') {
    const { data: frame } = sshServerFrame.safeParse(JSON.parse(data))
    return frame && { type: 'frame', frame }
  }
  if (!(data instanceof ArrayBuffer)) return undefined
  const bytes = new Uint8Array(data)
  if (bytes[0] === SSH_TERMINAL) return { type: 'terminal', bytes: bytes.subarray(1) }
  if (bytes[0] !== SSH_FILE || bytes.length < SSH_FILE_HEADER_BYTES) return undefined
  const id = new DataView(data).getUint32(1)
  return { type: 'piece', id, bytes: bytes.subarray(SSH_FILE_HEADER_BYTES) }
}

function terminalMessage(content: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(content.length + 1)
  bytes[0] = SSH_TERMINAL
  bytes.set(content, 1)
  return bytes
}

export const inputMessage = (text: string) => terminalMessage(new TextEncoder().encode(text))

/** Bytes that are no text, such as mouse reports: one byte a character. */
export const binaryInputMessage = (text: string) =>
  terminalMessage(Uint8Array.from(text, (character) => character.charCodeAt(0)))

export function pieceMessage(id: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(content.length + SSH_FILE_HEADER_BYTES)
  bytes[0] = SSH_FILE
  new DataView(bytes.buffer).setUint32(1, id)
  bytes.set(content, SSH_FILE_HEADER_BYTES)
  return bytes
}
