import { open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import ssh2, { type Attributes, type SFTPWrapper } from 'ssh2'

const { STATUS_CODE, OPEN_MODE } = ssh2.utils.sftp

/** An SFTP server for the files of a real directory. */
export function serveFakeSftp(sftp: SFTPWrapper, directory: string): void {
  const files = new Map<number, FileHandle>()
  const folders = new Map<number, string[]>()
  let last = 0
  const pathOf = (path: string) => join(directory, normalize(`/${path}`))
  const handleOf = (id: number) => {
    const handle = Buffer.alloc(4)
    handle.writeUInt32BE(id)
    return handle
  }
  const fileOf = (handle: Buffer) => {
    const file = files.get(handle.readUInt32BE(0))
    if (!file) throw new Error('no such handle')
    return file
  }
  /** Answers with what went wrong, or that it went well. */
  const answer = (id: number, act: () => Promise<unknown>) => {
    act().then(
      (done) => done !== ANSWERED && sftp.status(id, STATUS_CODE.OK),
      (error: NodeJS.ErrnoException) => {
        sftp.status(id, CODES[error.code ?? ''] ?? STATUS_CODE.FAILURE, error.message)
      },
    )
  }

  sftp.on('OPEN', (id, path, flags) =>
    answer(id, async () => {
      const mode = flags & OPEN_MODE.WRITE ? (flags & OPEN_MODE.EXCL ? 'wx' : 'w') : 'r'
      files.set((last += 1), await open(pathOf(path), mode))
      sftp.handle(id, handleOf(last))
      return ANSWERED
    }),
  )
  sftp.on('READ', (id, handle, offset, length) =>
    answer(id, async () => {
      const { buffer, bytesRead } = await fileOf(handle).read({
        buffer: Buffer.alloc(length),
        position: offset,
      })
      if (bytesRead === 0) sftp.status(id, STATUS_CODE.EOF)
      else sftp.data(id, buffer.subarray(0, bytesRead))
      return ANSWERED
    }),
  )
  sftp.on('WRITE', (id, handle, offset, data) =>
    answer(id, () => fileOf(handle).write(data, 0, data.length, offset)),
  )
  sftp.on('FSTAT', (id, handle) =>
    answer(id, async () => {
      sftp.attrs(id, attributesOf(await fileOf(handle).stat()))
      return ANSWERED
    }),
  )
  sftp.on('FSETSTAT', (id) => sftp.status(id, STATUS_CODE.OK))
  sftp.on('STAT', (id, path) =>
    answer(id, async () => {
      sftp.attrs(id, attributesOf(await stat(pathOf(path))))
      return ANSWERED
    }),
  )
  sftp.on('REALPATH', (id, path) => {
    sftp.name(id, [{ filename: normalize(`/${path}`) }] as never)
  })
  sftp.on('OPENDIR', (id, path) =>
    answer(id, async () => {
      const names = await readdir(pathOf(path))
      folders.set(
        (last += 1),
        names.map((name) => join(pathOf(path), name)),
      )
      sftp.handle(id, handleOf(last))
      return ANSWERED
    }),
  )
  sftp.on('READDIR', (id, handle) =>
    answer(id, async () => {
      const paths = folders.get(handle.readUInt32BE(0))?.splice(0, 100) ?? []
      if (paths.length === 0) sftp.status(id, STATUS_CODE.EOF)
      else {
        const entries = paths.map(async (path) => {
          const filename = path.slice(path.lastIndexOf('/') + 1)
          return { filename, longname: filename, attrs: attributesOf(await stat(path)) }
        })
        sftp.name(id, await Promise.all(entries))
      }
      return ANSWERED
    }),
  )
  sftp.on('CLOSE', (id, handle) =>
    answer(id, async () => files.get(handle.readUInt32BE(0))?.close()),
  )
  sftp.on('REMOVE', (id, path) => answer(id, () => rm(pathOf(path))))
  // As in SFTP 3: it takes no other file's place.
  sftp.on('RENAME', (id, from, to) =>
    answer(id, async () => {
      const isTaken = await stat(pathOf(to)).then(
        () => true,
        () => false,
      )
      if (isTaken) throw new Error('taken')
      await rename(pathOf(from), pathOf(to))
    }),
  )
}

const ANSWERED = Symbol('answered')
const CODES: Record<string, number> = {
  ENOENT: STATUS_CODE.NO_SUCH_FILE,
  EACCES: STATUS_CODE.PERMISSION_DENIED,
}

function attributesOf(stats: Awaited<ReturnType<typeof stat>>): Attributes {
  const { mode, uid, gid, size, atimeMs, mtimeMs } = stats
  return {
    mode: Number(mode),
    uid: Number(uid),
    gid: Number(gid),
    size: Number(size),
    atime: Math.floor(Number(atimeMs) / 1000),
    mtime: Math.floor(Number(mtimeMs) / 1000),
  }
}
