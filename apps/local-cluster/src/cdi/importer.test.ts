import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importOverHttp } from './importer.ts'

const KIBIBYTE = 1024
const disk = Buffer.alloc(64 * KIBIBYTE)
disk.set([0xeb, 0x3c, 0x90, 0x00, 0x55, 0xaa])

let directory: string
let server: Server | undefined

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'virtdeck-import-'))
})
afterEach(async () => {
  server?.closeAllConnections()
  server?.close()
  await rm(directory, { recursive: true, force: true })
})

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener)
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function importFrom(url: string, size = 128 * KIBIBYTE): Promise<number[]> {
  const progress: number[] = []
  await importOverHttp({
    url,
    target: join(directory, 'disk.img'),
    size,
    signal: AbortSignal.timeout(10_000),
    onProgress: (fraction) => progress.push(fraction),
  })
  return progress
}

describe('importOverHttp', () => {
  it('keeps the bytes of a raw disk and grows it to the volume', async () => {
    const url = await serve((_request, response) => response.end(disk))
    await importFrom(`${url}/disk.raw`)
    const imported = await readFile(join(directory, 'disk.img'))
    expect(imported.subarray(0, disk.length).equals(disk)).toBe(true)
    expect(imported).toHaveLength(128 * KIBIBYTE)
  })

  it.each([
    ['gzip', () => gzipSync(disk)],
    ['xz', () => spawnSync('xz', ['-c'], { input: disk }).stdout],
  ])('unpacks %s', async (_name, packed) => {
    const url = await serve((_request, response) => response.end(packed()))
    await importFrom(url)
    const imported = await readFile(join(directory, 'disk.img'))
    expect(imported.subarray(0, disk.length).equals(disk)).toBe(true)
  })

  it('follows redirects and reports progress', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/moved') response.writeHead(302, { location: '/disk' }).end()
      else response.writeHead(200, { 'content-length': disk.length }).end(disk)
    })
    const progress = await importFrom(`${url}/moved`)
    expect(progress.at(-1)).toBeCloseTo(0.9)
    expect((await stat(join(directory, 'disk.img'))).size).toBe(128 * KIBIBYTE)
  })

  it.each([
    [
      'a missing file',
      404,
      'Not here',
      'Unable to connect to http data source: expected status code 200, got 404. Status: 404 Not Found',
    ],
    [
      'a page instead of an image',
      200,
      '<!doctype html><title>Welcome</title>',
      'Unable to process data: the source is a text, not a disk image',
    ],
    ['nothing', 200, '', 'Unable to process data: the source is empty'],
  ])('refuses %s in words and leaves nothing behind', async (_name, status, body, message) => {
    const url = await serve((_request, response) => response.writeHead(status).end(body))
    await expect(importFrom(url)).rejects.toThrow(message)
    expect(await readdir(directory)).toEqual([])
  })

  it('refuses an image that is larger than the volume', async () => {
    const url = await serve((_request, response) => response.end(disk))
    await expect(importFrom(url, 32 * KIBIBYTE)).rejects.toThrow(
      'DataVolume too small to contain image',
    )
    expect(await readdir(directory)).toEqual([])
  })

  it('keeps credentials from the servers that it is sent on to', async () => {
    const seen: (string | undefined)[] = []
    const first = await serve((request, response) => {
      seen.push(request.headers.authorization)
      if (request.url === '/disk') response.end(disk)
      else if (request.url === '/near') response.writeHead(302, { location: '/far' }).end()
      else {
        const { port } = new URL(`http://${request.headers.host}`)
        response.writeHead(302, { location: `http://localhost:${port}/disk` }).end()
      }
    })
    await importOverHttp({
      url: `${first}/near`,
      target: join(directory, 'disk.img'),
      size: 128 * KIBIBYTE,
      headers: { authorization: 'Basic abc' },
      signal: AbortSignal.timeout(10_000),
      onProgress: () => undefined,
    })
    expect(seen).toEqual(['Basic abc', 'Basic abc', undefined])
  })

  it('says that nobody answers', async () => {
    await expect(importFrom('http://127.0.0.1:1/disk')).rejects.toThrow(
      /^Unable to connect to http data source: .*ECONNREFUSED/,
    )
  })
})
