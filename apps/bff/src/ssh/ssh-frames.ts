import {
  SSH_FILE,
  SSH_FILE_HEADER_BYTES,
  SSH_TERMINAL,
  sshClientFrame,
  type SshClientFrame,
} from '@virtdeck/bff-contract'
import { SshError } from './ssh-error.ts'

export type SshClientMessage =
  | { type: 'frame'; frame: SshClientFrame }
  | { type: 'terminal'; bytes: Buffer }
  | { type: 'piece'; id: number; bytes: Buffer }

export function decodeMessage(data: Buffer, isBinary: boolean): SshClientMessage {
  if (!isBinary) return { type: 'frame', frame: parseFrame(data.toString('utf8')) }
  if (data[0] === SSH_TERMINAL) return { type: 'terminal', bytes: data.subarray(1) }
  if (data[0] === SSH_FILE && data.length > SSH_FILE_HEADER_BYTES) {
    const bytes = data.subarray(SSH_FILE_HEADER_BYTES)
    return { type: 'piece', id: data.readUInt32BE(1), bytes }
  }
  throw new SshError('protocol')
}

/** What is wrong with it is not told: it may hold a password. */
function parseFrame(text: string): SshClientFrame {
  try {
    return sshClientFrame.parse(JSON.parse(text))
  } catch {
    throw new SshError('protocol')
  }
}

export const terminalMessage = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from([SSH_TERMINAL]), bytes])

export function pieceMessage(id: number, bytes: Buffer): Buffer {
  const header = Buffer.alloc(SSH_FILE_HEADER_BYTES)
  header[0] = SSH_FILE
  header.writeUInt32BE(id, 1)
  return Buffer.concat([header, bytes])
}
