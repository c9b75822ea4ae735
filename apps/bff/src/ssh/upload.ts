import { randomBytes } from 'node:crypto'
import { SSH_FILE_PIECE_BYTES, SSH_FILE_WINDOW } from '@virtdeck/bff-contract'
import { codeOf, SFTP_STATUS, SshFileError, type SftpCalls } from './sftp-calls.ts'

export interface Upload {
  piece: (bytes: Buffer) => void
  /** Waits for what is on its way, and gives the file its name. */
  finish: () => Promise<void>
  /** What was written goes. */
  abort: () => Promise<void>
}

interface UploadOptions {
  sftp: SftpCalls
  path: string
  overwrites: boolean
  onReceived: (bytes: number) => void
  onFailed: (error: unknown) => void
}

const PERMISSIONS = 0o7777

/**
 * Writes a file beside its place and moves it there at the end: nobody sees half of one, and
 * what it replaces is there until then.
 */
export async function beginUpload(options: UploadOptions): Promise<Upload> {
  const { sftp, path, overwrites, onReceived, onFailed } = options
  const present = await sftp.stat(path).catch((error: unknown) => {
    if (codeOf(error) === SFTP_STATUS.notFound) return undefined
    throw error
  })
  if (present && !present.isFile()) throw new SshFileError('notAFile')
  if (present && !overwrites) throw new SshFileError('exists')
  const draft = `${path}.${randomBytes(4).toString('hex')}.part`
  const handle = await sftp.open(draft, 'wx')
  if (present) await sftp.setMode(handle, present.mode & PERMISSIONS).catch(() => {})

  const writes = new Set<Promise<void>>()
  let sent = 0
  let written = 0
  let failure: unknown

  async function writeAt(bytes: Buffer, position: number): Promise<void> {
    try {
      await sftp.write(handle, bytes, position)
      written += bytes.length
      onReceived(written)
    } catch (error) {
      if (failure === undefined) onFailed(error)
      failure ??= error
    }
  }

  return {
    piece: (bytes) => {
      if (failure !== undefined) return
      // Pieces come only as long as there is room in the window.
      if (sent - written + bytes.length > SSH_FILE_WINDOW + SSH_FILE_PIECE_BYTES) {
        failure = new SshFileError('failed', 'too much at once')
        return onFailed(failure)
      }
      const write = writeAt(bytes, sent)
      sent += bytes.length
      writes.add(write)
      void write.finally(() => writes.delete(write))
    },
    finish: async () => {
      await Promise.all(writes)
      if (failure !== undefined) return
      await sftp.close(handle)
      try {
        await moveTo(sftp, { draft, path, replaces: Boolean(present) })
      } catch (error) {
        await sftp.remove(draft).catch(() => {})
        throw error
      }
    },
    abort: async () => {
      failure ??= new SshFileError('failed', 'cancelled')
      await sftp.close(handle).catch(() => {})
      await sftp.remove(draft).catch(() => {})
    },
  }
}

interface Move {
  draft: string
  path: string
  replaces: boolean
}

async function moveTo(sftp: SftpCalls, { draft, path, replaces }: Move): Promise<void> {
  if (!replaces) return sftp.rename(draft, path)
  try {
    await sftp.renameOver(draft, path)
  } catch {
    // Servers without OpenSSH's extension rename to free names only.
    await sftp.remove(path)
    await sftp.rename(draft, path)
  }
}
