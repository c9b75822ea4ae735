import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  SSH_FILE,
  SSH_FILE_PIECE_BYTES,
  SSH_FILE_WINDOW,
  SSH_MAX_TRANSFERS,
} from '@virtdeck/bff-contract'
import { expect, it, onTestFinished, vi } from 'vitest'
import { build } from '../testing/build.ts'
import { serveGuest, SshClient } from '../testing/ssh-client.ts'

/** A signed-in browser, and the guest's files. */
async function connect() {
  const directory = await mkdtemp(join(tmpdir(), 'virtdeck-sftp-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const bff = await build()
  serveGuest(bff, { directory })
  return { directory, client: await SshClient.signedIn(bff) }
}

function sendPiece(client: SshClient, id: number, bytes: Buffer): void {
  const header = Buffer.from([SSH_FILE, 0, 0, 0, id])
  client.socket.send(Buffer.concat([header, bytes]))
}

/** Sends a file as browsers do: no more than the window ahead of what was received. */
async function upload(client: SshClient, id: number, content: Buffer): Promise<void> {
  await client.frame('uploading')
  const received = () =>
    client.frames.reduce((most, frame) => {
      return frame.type === 'received' ? Math.max(most, frame.bytes) : most
    }, 0)
  for (let at = 0; at < content.length; at += SSH_FILE_PIECE_BYTES) {
    await vi.waitUntil(() => at - received() < SSH_FILE_WINDOW, { interval: 1 })
    sendPiece(client, id, content.subarray(at, at + SSH_FILE_PIECE_BYTES))
  }
  client.send({ type: 'endOfFile', id })
}

it('F-45 a folder is listed', async () => {
  const { client, directory } = await connect()
  await mkdir(join(directory, 'folder'))
  await writeFile(join(directory, 'notes.txt'), 'four')
  client.send({ type: 'list', id: 1, path: '.' })
  const { path, entries, isCut } = await client.frame('listed')
  expect({ path, isCut }).toEqual({ path: '/', isCut: false })
  expect(entries.toSorted((a, b) => a.name.localeCompare(b.name))).toMatchObject([
    { name: 'folder', type: 'directory' },
    { name: 'notes.txt', type: 'file', size: 4 },
  ])
  client.send({ type: 'list', id: 2, path: '/nowhere' })
  expect(await client.frame('fileFailed')).toMatchObject({ id: 2, reason: 'notFound' })
})

it('F-45 a file is uploaded, and has its name only when it is whole', async () => {
  const { client, directory } = await connect()
  const content = randomBytes(3 * SSH_FILE_WINDOW + 7)
  client.send({ type: 'upload', id: 1, path: '/data.bin', overwrites: false })
  await client.frame('uploading')
  expect(await readdir(directory)).toEqual([expect.stringMatching(/^data\.bin\..+\.part$/)])
  await upload(client, 1, content)
  await client.frame('done')
  expect(await readdir(directory)).toEqual(['data.bin'])
  expect(content.equals(await readFile(join(directory, 'data.bin')))).toBe(true)
})

it('F-45 a file takes the place of another only when asked to', async () => {
  const { client, directory } = await connect()
  const file = join(directory, 'data.bin')
  await writeFile(file, 'old')
  client.send({ type: 'upload', id: 1, path: '/data.bin', overwrites: false })
  expect(await client.frame('fileFailed')).toMatchObject({ id: 1, reason: 'exists' })
  client.send({ type: 'upload', id: 2, path: '/data.bin', overwrites: true })
  await upload(client, 2, Buffer.from('new'))
  await client.frame('done')
  expect(await readFile(file, 'utf8')).toBe('new')
  expect(await readdir(directory)).toEqual(['data.bin'])
})

it.each(['cancelled', 'left'])('F-45 nothing stays of an upload that is %s', async (how) => {
  const { client, directory } = await connect()
  client.send({ type: 'upload', id: 1, path: '/data.bin', overwrites: false })
  await client.frame('uploading')
  sendPiece(client, 1, randomBytes(1000))
  await client.frame('received')
  if (how === 'left') client.socket.close()
  else client.send({ type: 'cancel', id: 1 })
  await expect.poll(() => readdir(directory)).toEqual([])
})

it('F-45 an upload that does not wait is ended', async () => {
  const { client, directory } = await connect()
  client.send({ type: 'upload', id: 1, path: '/data.bin', overwrites: false })
  await client.frame('uploading')
  const pieces = (3 * SSH_FILE_WINDOW) / SSH_FILE_PIECE_BYTES
  for (let piece = 0; piece < pieces; piece += 1) {
    sendPiece(client, 1, Buffer.alloc(SSH_FILE_PIECE_BYTES))
  }
  expect(await client.frame('fileFailed')).toMatchObject({ id: 1, reason: 'failed' })
  await expect.poll(() => readdir(directory)).toEqual([])
})

it('F-45 a file is downloaded no faster than it is received', async () => {
  const { client, directory } = await connect()
  const content = randomBytes(2 * SSH_FILE_WINDOW + 11)
  await writeFile(join(directory, 'data.bin'), content)
  client.send({ type: 'download', id: 1, path: '/data.bin' })
  expect(await client.frame('downloading')).toMatchObject({ size: content.length })
  const received = () => Buffer.concat(client.pieces.get(1) ?? [])
  await vi.waitUntil(() => received().length === SSH_FILE_WINDOW)
  // All that was read ahead would have come by the time of an answer.
  client.send({ type: 'list', id: 2, path: '/' })
  await client.frame('listed')
  expect(received().length).toBe(SSH_FILE_WINDOW)
  client.send({ type: 'received', id: 1, bytes: SSH_FILE_WINDOW })
  await vi.waitUntil(() => received().length === 2 * SSH_FILE_WINDOW)
  client.send({ type: 'received', id: 1, bytes: 2 * SSH_FILE_WINDOW })
  await client.frame('done')
  expect(received().equals(content)).toBe(true)
})

it('F-45 a download is cancelled, and folders and what is not there are none', async () => {
  const { client, directory } = await connect()
  await mkdir(join(directory, 'folder'))
  await writeFile(join(directory, 'large'), '')
  await truncate(join(directory, 'large'), 8 * SSH_FILE_WINDOW)
  client.send({ type: 'download', id: 1, path: '/large' })
  await client.frame('downloading')
  client.send({ type: 'cancel', id: 1 })
  client.send({ type: 'download', id: 2, path: '/folder' })
  expect(await client.frame('fileFailed')).toMatchObject({ id: 2, reason: 'notAFile' })
  client.send({ type: 'download', id: 3, path: '/nowhere' })
  await vi.waitUntil(() =>
    client.frames.some((frame) => 'id' in frame && frame.id === 3 && 'reason' in frame),
  )
  expect(client.frames.some(({ type }) => type === 'done')).toBe(false)
})

it('F-45 so many transfers at a time, and no more', async () => {
  const { client } = await connect()
  for (let id = 1; id <= SSH_MAX_TRANSFERS; id += 1) {
    client.send({ type: 'upload', id, path: `/${id}`, overwrites: false })
  }
  client.send({ type: 'list', id: 100, path: '/' })
  expect(await client.frame('fileFailed')).toMatchObject({ id: 100, reason: 'tooMany' })
})

it('F-45 a server without SFTP says so', async () => {
  const bff = await build()
  serveGuest(bff)
  const client = await SshClient.signedIn(bff)
  client.send({ type: 'list', id: 1, path: '.' })
  expect(await client.frame('fileFailed')).toMatchObject({ id: 1, reason: 'noSftp' })
})
