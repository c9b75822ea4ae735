import {
  SSH_MAX_TRANSFERS,
  type SshClientFrame,
  type SshServerFrame,
} from '@virtdeck/bff-contract'
import type { Client } from 'ssh2'
import { download, type Download } from './download.ts'
import { listFolder } from './list-folder.ts'
import { sftpCalls, SshFileError, toFileError, type SftpCalls } from './sftp-calls.ts'
import { beginUpload, type Upload } from './upload.ts'

interface SshFilesOptions {
  client: Client
  send: (frame: SshServerFrame) => void
  sendPiece: (id: number, bytes: Buffer) => void
}

type FileFrame = Extract<
  SshClientFrame,
  { type: 'list' | 'upload' | 'endOfFile' | 'download' | 'received' | 'cancel' }
>

type Transfer =
  | { type: 'question' }
  | { type: 'download'; download: Download }
  | { type: 'upload'; upload: Upload }

/** The files of a guest, through the SSH connection that the terminal has. */
export class SshFiles {
  readonly #options: SshFilesOptions
  readonly #transfers = new Map<number, Transfer>()
  #sftp: Promise<SftpCalls> | undefined

  constructor(options: SshFilesOptions) {
    this.#options = options
  }

  receive(frame: FileFrame): void {
    const { id } = frame
    const transfer = this.#transfers.get(id)
    switch (frame.type) {
      case 'list':
        return this.#begin(id, () => this.#list(id, frame.path))
      case 'download':
        return this.#begin(id, () => this.#download(id, frame.path))
      case 'upload':
        return this.#begin(id, () => this.#upload(frame))
      case 'received':
        if (transfer?.type === 'download') transfer.download.received(frame.bytes)
        return
      case 'endOfFile':
        if (transfer?.type === 'upload') this.#finish(id, transfer.upload)
        return
      case 'cancel':
        return this.#cancel(id)
    }
  }

  piece(id: number, bytes: Buffer): void {
    const transfer = this.#transfers.get(id)
    // Pieces of an upload that has failed are still on their way.
    if (transfer?.type === 'upload') transfer.upload.piece(bytes)
  }

  /** Takes away what is half written, while there still is a connection. */
  async dispose(): Promise<void> {
    const transfers = [...this.#transfers.values()]
    this.#transfers.clear()
    await Promise.all(
      transfers.map(async (transfer) => {
        if (transfer.type === 'download') transfer.download.cancel()
        if (transfer.type === 'upload') await transfer.upload.abort()
      }),
    )
  }

  #begin(id: number, run: () => Promise<void>): void {
    if (this.#transfers.has(id)) return
    if (this.#transfers.size >= SSH_MAX_TRANSFERS) {
      return this.#tell(id, new SshFileError('tooMany'))
    }
    this.#transfers.set(id, { type: 'question' })
    run().catch((error: unknown) => this.#fail(id, error))
  }

  async #list(id: number, path: string): Promise<void> {
    const folder = await listFolder(await this.#open(), path)
    if (this.#end(id)) this.#options.send({ type: 'listed', id, ...folder })
  }

  async #download(id: number, path: string): Promise<void> {
    const { send, sendPiece } = this.#options
    const sftp = await this.#open()
    if (!this.#transfers.has(id)) return
    const running = download({
      sftp,
      path,
      onBegin: (size) => send({ type: 'downloading', id, size }),
      onPiece: (bytes) => sendPiece(id, bytes),
    })
    this.#transfers.set(id, { type: 'download', download: running })
    await running.done
    if (this.#end(id)) send({ type: 'done', id })
  }

  async #upload({ id, path, overwrites }: FileFrame & { type: 'upload' }): Promise<void> {
    const { send } = this.#options
    const upload = await beginUpload({
      sftp: await this.#open(),
      path,
      overwrites,
      onReceived: (bytes) => send({ type: 'received', id, bytes }),
      onFailed: (error) => {
        void upload.abort()
        this.#fail(id, error)
      },
    })
    if (!this.#transfers.has(id)) return upload.abort()
    this.#transfers.set(id, { type: 'upload', upload })
    send({ type: 'uploading', id })
  }

  #finish(id: number, upload: Upload): void {
    upload.finish().then(
      () => this.#end(id) && this.#options.send({ type: 'done', id }),
      (error: unknown) => this.#fail(id, error),
    )
  }

  #cancel(id: number): void {
    const transfer = this.#transfers.get(id)
    if (!transfer) return
    this.#transfers.delete(id)
    if (transfer.type === 'download') transfer.download.cancel()
    if (transfer.type === 'upload') void transfer.upload.abort()
  }

  /** False for those that were cancelled, and that nobody waits for. */
  #end(id: number): boolean {
    return this.#transfers.delete(id)
  }

  #fail(id: number, error: unknown): void {
    if (this.#end(id)) this.#tell(id, error)
  }

  #tell(id: number, error: unknown): void {
    const { reason, message } = toFileError(error)
    this.#options.send({ type: 'fileFailed', id, reason, message })
  }

  /** Opened when it is first needed, and again after it broke. */
  #open(): Promise<SftpCalls> {
    this.#sftp ??= new Promise((resolve, reject) => {
      const forget = () => (this.#sftp = undefined)
      this.#options.client.sftp((error, sftp) => {
        if (error) {
          forget()
          return reject(new SshFileError('noSftp', error.message))
        }
        sftp.on('error', forget)
        sftp.on('close', forget)
        resolve(sftpCalls(sftp))
      })
    })
    return this.#sftp
  }
}
