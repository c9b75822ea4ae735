import {
  SSH_FILE_PIECE_BYTES,
  SSH_FILE_WINDOW,
  type SshClientFrame,
  type SshFileEntry,
  type SshFileFailure,
  type SshServerFrame,
} from '@virtdeck/bff-contract'
import { createStore, type Store } from '../../feedback/store.ts'
import { pieceMessage } from './ssh-frames.ts'

export interface GuestFolder {
  path: string
  entries: SshFileEntry[]
  isCut: boolean
}

/** A file on its way, or how it ended. */
export interface Transfer {
  id: number
  direction: 'upload' | 'download'
  name: string
  /** Unknown of some downloads until they begin. */
  size: number
  bytes: number
  state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed'
  failure?: SshFailure
}

export interface SshFailure {
  reason: SshFileFailure | 'lost'
  message: string
}

export class SshFileError extends Error {
  readonly failure: SshFailure

  constructor(failure: SshFailure) {
    super(failure.message)
    this.failure = failure
  }
}

export interface SshFiles {
  transfers: Pick<Store<readonly Transfer[]>, 'get' | 'use'>
  list: (path: string) => Promise<GuestFolder>
  /** Resolves when the file is there; rejects with why not. */
  upload: (file: File, to: { path: string; overwrites: boolean }) => Promise<void>
  /** Resolves with the content; rejects with why not. */
  download: (path: string) => Promise<Blob>
  cancel: (id: number) => void
  /** Takes those away that have ended. */
  forget: () => void
  hear: (frame: SshServerFrame) => void
  piece: (id: number, bytes: Uint8Array<ArrayBuffer>) => void
  /** The connection is gone. */
  lose: () => void
}

interface SshFilesOptions {
  send: (frame: SshClientFrame) => void
  sendBytes: (bytes: Uint8Array<ArrayBuffer>) => void
}

interface Job {
  onFrame: (frame: SshServerFrame) => void
  onPiece?: (bytes: Uint8Array<ArrayBuffer>) => void
  fail: (failure: SshFailure) => void
}

/** The browser says of a download only now and then how far it is. */
const CONFIRM_EVERY = 4 * SSH_FILE_PIECE_BYTES
/** Small parts become one: a browser can put large blobs aside, but not millions of them. */
const BLOB_PART_BYTES = 4 * 1024 * 1024

/** The files of a guest through its SSH session; knows no React. */
export function createSshFiles({ send, sendBytes }: SshFilesOptions): SshFiles {
  const transfers = createStore<readonly Transfer[]>([])
  const jobs = new Map<number, Job>()
  let lastId = 0

  const change = (id: number, part: Partial<Transfer>) =>
    transfers.set(transfers.get().map((each) => (each.id === id ? { ...each, ...part } : each)))

  const forget = (id: number) => transfers.set(transfers.get().filter((each) => each.id !== id))

  function begin(direction: Transfer['direction'], name: string, size: number): number {
    const id = (lastId += 1)
    transfers.set([
      ...transfers.get(),
      { id, direction, name, size, bytes: 0, state: 'waiting' },
    ])
    return id
  }

  /** Follows a job; its state is told as it ends. */
  function follow<T>(
    id: number,
    make: (settle: { resolve: (value: T) => void; fail: Job['fail'] }) => Omit<Job, 'fail'>,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const fail = (failure: SshFailure) => {
        jobs.delete(id)
        // The user is asked about it, so it is none that has failed.
        if (failure.reason === 'exists') forget(id)
        else change(id, { state: 'failed', failure })
        reject(new SshFileError(failure))
      }
      const end = (value: T) => {
        jobs.delete(id)
        resolve(value)
      }
      jobs.set(id, { ...make({ resolve: end, fail }), fail })
    })
  }

  async function list(path: string): Promise<GuestFolder> {
    const id = (lastId += 1)
    const folder = follow<GuestFolder>(id, ({ resolve }) => ({
      onFrame: (frame) => {
        if (frame.type !== 'listed') return
        resolve({ path: frame.path, entries: frame.entries, isCut: frame.isCut })
      },
    }))
    send({ type: 'list', id, path })
    return folder
  }

  async function upload(
    file: File,
    { path, overwrites }: { path: string; overwrites: boolean },
  ): Promise<void> {
    const id = begin('upload', file.name, file.size)
    let sent = 0
    let confirmed = 0
    let isSending = false

    /** Reads and sends as long as the window has room; nothing of the file is kept. */
    async function pump(fail: Job['fail']): Promise<void> {
      if (isSending) return
      isSending = true
      try {
        while (jobs.has(id) && sent < file.size && sent - confirmed < SSH_FILE_WINDOW) {
          const end = Math.min(file.size, sent + SSH_FILE_PIECE_BYTES)
          const bytes = new Uint8Array(await file.slice(sent, end).arrayBuffer())
          if (!jobs.has(id)) return
          sendBytes(pieceMessage(id, bytes))
          sent = end
        }
      } catch (error) {
        // It was moved or changed meanwhile.
        send({ type: 'cancel', id })
        fail({ reason: 'failed', message: error instanceof Error ? error.message : '' })
      } finally {
        isSending = false
      }
    }

    const done = follow<void>(id, ({ resolve, fail }) => ({
      onFrame: (frame) => {
        if (frame.type === 'uploading') {
          change(id, { state: 'running' })
          if (file.size === 0) send({ type: 'endOfFile', id })
          else void pump(fail)
        }
        if (frame.type === 'received') {
          confirmed = frame.bytes
          change(id, { bytes: confirmed })
          if (confirmed >= file.size) send({ type: 'endOfFile', id })
          else void pump(fail)
        }
        if (frame.type === 'done') {
          change(id, { state: 'done', bytes: file.size })
          resolve()
        }
      },
    }))
    send({ type: 'upload', id, path, overwrites })
    return done
  }

  async function download(path: string): Promise<Blob> {
    const id = begin('download', path.slice(path.lastIndexOf('/') + 1), 0)
    const parts: Blob[] = []
    let open: Uint8Array<ArrayBuffer>[] = []
    let openBytes = 0
    let bytes = 0
    let confirmed = 0
    const closePart = () => {
      parts.push(new Blob(open))
      open = []
      openBytes = 0
    }
    const done = follow<Blob>(id, ({ resolve }) => ({
      onFrame: (frame) => {
        if (frame.type === 'downloading') change(id, { state: 'running', size: frame.size })
        if (frame.type === 'done') {
          closePart()
          change(id, { state: 'done', bytes, size: bytes })
          resolve(new Blob(parts))
        }
      },
      onPiece: (piece) => {
        open.push(piece)
        openBytes += piece.length
        bytes += piece.length
        if (openBytes >= BLOB_PART_BYTES) closePart()
        if (bytes - confirmed < CONFIRM_EVERY) return
        confirmed = bytes
        send({ type: 'received', id, bytes })
        change(id, { bytes })
      },
    }))
    send({ type: 'download', id, path })
    return done
  }

  return {
    transfers,
    list,
    upload,
    download,
    cancel: (id) => {
      const job = jobs.get(id)
      if (!job) return
      send({ type: 'cancel', id })
      job.fail({ reason: 'failed', message: '' })
      change(id, { state: 'cancelled' })
    },
    forget: () =>
      transfers.set(
        transfers.get().filter(({ state }) => state === 'waiting' || state === 'running'),
      ),
    hear: (frame) => {
      if (!('id' in frame)) return
      const job = jobs.get(frame.id)
      if (frame.type === 'fileFailed') {
        job?.fail({ reason: frame.reason, message: frame.message })
      } else job?.onFrame(frame)
    },
    piece: (id, bytes) => jobs.get(id)?.onPiece?.(bytes),
    lose: () => {
      for (const job of jobs.values()) job.fail({ reason: 'lost', message: '' })
    },
  }
}
