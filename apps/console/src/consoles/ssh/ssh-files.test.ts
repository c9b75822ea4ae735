import {
  SSH_FILE_PIECE_BYTES,
  SSH_FILE_WINDOW,
  type SshClientFrame,
} from '@virtdeck/bff-contract'
import { describe, expect, it } from 'vitest'
import { createSshFiles, SshFileError } from './ssh-files.ts'

/** The files of a guest whose answers the test gives. */
function setUp() {
  const sent: SshClientFrame[] = []
  const pieces: Uint8Array[] = []
  const files = createSshFiles({
    send: (frame) => sent.push(frame),
    sendBytes: (bytes) => pieces.push(bytes.subarray(5)),
  })
  const bytesSent = () => pieces.reduce((sum, piece) => sum + piece.length, 0)
  return { files, sent, pieces, bytesSent }
}

const to = { path: '/home/jane/data', overwrites: false }

describe('F-45 an upload', () => {
  it('sends no more than the window, and ends when all was received', async () => {
    const { files, sent, pieces, bytesSent } = setUp()
    const content = new Uint8Array(SSH_FILE_WINDOW + 10).map((_, index) => index % 251)
    const done = files.upload(new File([content], 'data'), to)
    expect(sent).toEqual([{ type: 'upload', id: 1, ...to }])
    files.hear({ type: 'uploading', id: 1 })
    await expect.poll(bytesSent).toBe(SSH_FILE_WINDOW)
    files.hear({ type: 'received', id: 1, bytes: SSH_FILE_PIECE_BYTES })
    await expect.poll(bytesSent).toBe(content.length)
    expect(files.transfers.get()).toMatchObject([
      { state: 'running', bytes: SSH_FILE_PIECE_BYTES, size: content.length },
    ])
    files.hear({ type: 'received', id: 1, bytes: content.length })
    expect(sent.at(-1)).toEqual({ type: 'endOfFile', id: 1 })
    files.hear({ type: 'done', id: 1 })
    await done
    expect(Buffer.concat(pieces).equals(content)).toBe(true)
    expect(files.transfers.get()).toMatchObject([{ state: 'done' }])
    files.forget()
    expect(files.transfers.get()).toEqual([])
  })

  it('of nothing is a file all the same', async () => {
    const { files, sent } = setUp()
    const done = files.upload(new File([], 'empty'), to)
    files.hear({ type: 'uploading', id: 1 })
    expect(sent.at(-1)).toEqual({ type: 'endOfFile', id: 1 })
    files.hear({ type: 'done', id: 1 })
    await done
  })

  it('is no failure while the user is asked about the file that is there', async () => {
    const { files } = setUp()
    const done = files.upload(new File(['x'], 'data'), to)
    files.hear({ type: 'fileFailed', id: 1, reason: 'exists', message: '' })
    await expect(done).rejects.toMatchObject({ failure: { reason: 'exists' } })
    expect(files.transfers.get()).toEqual([])
  })

  it('is cancelled', async () => {
    const { files, sent } = setUp()
    const done = files.upload(new File(['x'], 'data'), to)
    files.cancel(1)
    await expect(done).rejects.toBeInstanceOf(SshFileError)
    expect(sent.at(-1)).toEqual({ type: 'cancel', id: 1 })
    expect(files.transfers.get()).toMatchObject([{ state: 'cancelled' }])
  })
})

describe('F-45 a download', () => {
  it('tells what was received, and gives all of it', async () => {
    const { files, sent } = setUp()
    const done = files.download('/home/jane/data')
    files.hear({ type: 'downloading', id: 1, size: 5 * SSH_FILE_PIECE_BYTES })
    for (let piece = 0; piece < 5; piece += 1) {
      files.piece(1, new Uint8Array(SSH_FILE_PIECE_BYTES).fill(piece))
    }
    expect(sent.slice(1)).toEqual([
      { type: 'received', id: 1, bytes: 4 * SSH_FILE_PIECE_BYTES },
    ])
    files.hear({ type: 'done', id: 1 })
    const content = new Uint8Array(await (await done).arrayBuffer())
    expect(content).toHaveLength(5 * SSH_FILE_PIECE_BYTES)
    expect(content.at(-1)).toBe(4)
    expect(files.transfers.get()).toMatchObject([{ name: 'data', state: 'done' }])
  })

  it('ends with the connection', async () => {
    const { files } = setUp()
    const done = files.download('/data')
    files.lose()
    await expect(done).rejects.toMatchObject({ failure: { reason: 'lost' } })
    expect(files.transfers.get()).toMatchObject([{ state: 'failed' }])
  })
})

it('F-45 a folder is listed', async () => {
  const { files } = setUp()
  const folder = files.list('.')
  files.hear({ type: 'listed', id: 1, path: '/home/jane', entries: [], isCut: false })
  expect(await folder).toEqual({ path: '/home/jane', entries: [], isCut: false })
})
