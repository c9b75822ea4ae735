import { SSH_FILE_PIECE_BYTES, SSH_FILE_WINDOW } from '@virtdeck/bff-contract'
import { SendWindow } from './send-window.ts'
import { SshFileError, type SftpCalls } from './sftp-calls.ts'

/** Questions on their way at a time: the guest need not wait for the network. */
const MAX_AHEAD = 16

export interface Download {
  /** The browser has that many bytes. */
  received: (bytes: number) => void
  cancel: () => void
}

interface DownloadOptions {
  sftp: SftpCalls
  path: string
  onBegin: (size: number) => void
  onPiece: (bytes: Buffer) => void
}

/** Reads a file as fast as the browser takes it. */
export function download(options: DownloadOptions): Download & { done: Promise<void> } {
  const { sftp, path, onBegin, onPiece } = options
  const window = new SendWindow(SSH_FILE_WINDOW)

  async function run(): Promise<void> {
    const handle = await sftp.open(path, 'r')
    try {
      const stats = await sftp.statOf(handle)
      if (!stats.isFile()) throw new SshFileError('notAFile')
      onBegin(stats.size)
      await pass(handle, stats.size)
    } finally {
      await sftp.close(handle).catch(() => {})
    }
  }

  /** Files of /proc tell no size, and logs grow: it ends where a piece is not full. */
  async function pass(handle: Buffer, size: number): Promise<void> {
    const ahead: Promise<Buffer>[] = []
    const depth = Math.min(MAX_AHEAD, Math.ceil(size / SSH_FILE_PIECE_BYTES) + 1)
    let position = 0
    while (!window.isClosed) {
      while (ahead.length < depth) {
        const piece = sftp.read(handle, position, SSH_FILE_PIECE_BYTES)
        // Those behind one that fails fail unheard.
        piece.catch(() => {})
        ahead.push(piece)
        position += SSH_FILE_PIECE_BYTES
      }
      const bytes = (await ahead.shift()) ?? Buffer.alloc(0)
      if (bytes.length > 0 && (await window.take(bytes.length))) onPiece(bytes)
      if (bytes.length < SSH_FILE_PIECE_BYTES) return
    }
  }

  return {
    done: run(),
    received: (bytes) => window.confirm(bytes),
    cancel: () => window.close(),
  }
}
