import type { FileEntryWithStats, SFTPWrapper, Stats } from 'ssh2'
import type { SshFileFailure } from '@virtdeck/bff-contract'

/** A file that could not be listed, read or written. */
export class SshFileError extends Error {
  override name = 'SshFileError'
  readonly reason: SshFileFailure

  constructor(reason: SshFileFailure, message = '') {
    super(message)
    this.reason = reason
  }
}

/** https://datatracker.ietf.org/doc/html/draft-ietf-secsh-filexfer-02#section-7 */
export const SFTP_STATUS = { endOfFile: 1, notFound: 2, forbidden: 3 } as const

export const codeOf = (error: unknown): number | undefined =>
  (error as { code?: number } | null)?.code

export function toFileError(error: unknown): SshFileError {
  if (error instanceof SshFileError) return error
  const message = error instanceof Error ? error.message : String(error)
  if (codeOf(error) === SFTP_STATUS.notFound) return new SshFileError('notFound', message)
  if (codeOf(error) === SFTP_STATUS.forbidden) return new SshFileError('forbidden', message)
  return new SshFileError('failed', message)
}

type Done<T> = (error: Error | undefined | null, result: T) => void

function call<T>(begin: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    begin((error, result) => (error ? reject(error) : resolve(result)))
  })
}

/** The library's calls, as promises. */
export function sftpCalls(sftp: SFTPWrapper) {
  return {
    open: (path: string, flags: 'r' | 'wx') =>
      call<Buffer>((done) => sftp.open(path, flags, done)),
    close: (handle: Buffer) => call<void>((done) => sftp.close(handle, done)),
    statOf: (handle: Buffer) => call<Stats>((done) => sftp.fstat(handle, done)),
    stat: (path: string) => call<Stats>((done) => sftp.stat(path, done)),
    setMode: (handle: Buffer, mode: number) =>
      call<void>((done) => sftp.fchmod(handle, mode, done)),
    realPath: (path: string) => call<string>((done) => sftp.realpath(path, done)),
    openFolder: (path: string) => call<Buffer>((done) => sftp.opendir(path, done)),
    /** The next ones; empty at the end. */
    readFolder: (handle: Buffer) =>
      call<FileEntryWithStats[]>((done) => sftp.readdir(handle, done)).catch(
        (error: unknown) => {
          if (codeOf(error) === SFTP_STATUS.endOfFile) return []
          throw error
        },
      ),
    remove: (path: string) => call<void>((done) => sftp.unlink(path, done)),
    rename: (from: string, to: string) => call<void>((done) => sftp.rename(from, to, done)),
    renameOver: (from: string, to: string) =>
      call<void>((done) => sftp.ext_openssh_rename(from, to, done)),
    write: (handle: Buffer, bytes: Buffer, position: number) =>
      call<void>((done) => sftp.write(handle, bytes, 0, bytes.length, position, done)),
    /** As many bytes as asked for, or all up to the end of the file. */
    read: async (handle: Buffer, position: number, length: number): Promise<Buffer> => {
      const bytes = Buffer.alloc(length)
      let filled = 0
      while (filled < length) {
        const read = await readOnce(sftp, { handle, bytes, filled, position })
        if (read === 0) break
        filled += read
      }
      return bytes.subarray(0, filled)
    },
  }
}

export type SftpCalls = ReturnType<typeof sftpCalls>

function readOnce(
  sftp: SFTPWrapper,
  target: { handle: Buffer; bytes: Buffer; filled: number; position: number },
): Promise<number> {
  const { handle, bytes, filled, position } = target
  const length = bytes.length - filled
  return new Promise((resolve, reject) => {
    sftp.read(handle, bytes, filled, length, position + filled, (error, read) => {
      if (!error) resolve(read)
      else if (codeOf(error) === SFTP_STATUS.endOfFile) resolve(0)
      else reject(error)
    })
  })
}
