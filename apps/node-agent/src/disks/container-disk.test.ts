import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { pullContainerDisk } from './container-disk.ts'
import { ImageStore } from './image-store.ts'

const digestOf = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

function tar(files: Record<string, Buffer>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const header = Buffer.alloc(512)
    header.write(name, 0)
    header.write(content.length.toString(8).padStart(11, '0'), 124)
    header.write('0', 156)
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

interface Registry {
  disk?: Buffer
  /** Sends other bytes than the digest promises. */
  damaged?: boolean
}

/** A registry that wants a token, with an index, a manifest and two layers behind a redirect. */
async function startRegistry({ disk, damaged }: Registry) {
  const base = gzipSync(tar({ 'etc/passwd': Buffer.from('root') }))
  const layer = gzipSync(
    tar(disk ? { 'disk/disk.img': disk } : { 'etc/motd': Buffer.from('hi') }),
  )
  const layers = [base, layer].map((bytes) => ({
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    digest: digestOf(bytes),
    size: bytes.length,
  }))
  const manifest = Buffer.from(JSON.stringify({ layers }))
  const platform = { os: 'linux', architecture: 'amd64' }
  const index = { manifests: [{ digest: digestOf(manifest), platform }] }
  let downloads = 0
  const server = createServer((request, response) => {
    const url = request.url ?? ''
    if (url.startsWith('/token')) return response.end(JSON.stringify({ token: 'secret' }))
    if (url.startsWith('/storage/')) {
      downloads += 1
      const bytes = [base, layer].find((one) => url.endsWith(digestOf(one)))
      return response.end(damaged ? gzipSync(tar({ 'disk/a': Buffer.from('x') })) : bytes)
    }
    if (request.headers.authorization !== 'Bearer secret') {
      const realm = `http://${request.headers.host}/token`
      const challenge = `Bearer realm="${realm}",service="test",scope="repository:demo:pull"`
      return response.writeHead(401, { 'www-authenticate': challenge }).end()
    }
    if (url === '/v2/team/demo/manifests/v1') return response.end(JSON.stringify(index))
    if (url.endsWith(digestOf(manifest))) return response.end(manifest)
    const blob = /^\/v2\/team\/demo\/blobs\/(.*)$/.exec(url)
    if (blob) return response.writeHead(307, { location: `/storage/${blob[1]}` }).end()
    return response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const directory = await mkdtemp(join(tmpdir(), 'container-disk-'))
  return {
    registry: `127.0.0.1:${port}`,
    store: new ImageStore(directory),
    downloads: () => downloads,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await rm(directory, { recursive: true })
    },
  }
}

test('a container disk is pulled once and kept', async () => {
  const disk = Buffer.concat([Buffer.from('QFI\xfb', 'latin1'), Buffer.alloc(100_000, 'x')])
  await using place = await startRegistry({ disk })
  const image = `${place.registry}/team/demo:v1`
  const pulled = await pullContainerDisk({ store: place.store, image })
  expect(pulled?.format).toBe('qcow2')
  expect((await readFile(pulled?.disk ?? '')).equals(disk)).toBe(true)
  const again = await pullContainerDisk({ store: place.store, image })
  expect(again?.disk).toBe(pulled?.disk)
  expect(place.downloads()).toBe(1)
})

test('simulated guests only ask whether the image is there', async () => {
  await using place = await startRegistry({ disk: Buffer.from('disk') })
  const { store } = place
  await pullContainerDisk({
    store,
    image: `${place.registry}/team/demo:v1`,
    manifestOnly: true,
  })
  expect(place.downloads()).toBe(0)
})

test.each([
  ['no such tag', {}, 'team/demo:v2', /demo:v2: not found$/],
  ['no disk in it', {}, 'team/demo:v1', /no container disk: there is no file in \/disk/],
  ['damaged', { damaged: true, disk: Buffer.from('a') }, 'team/demo:v1', /arrived damaged/],
])('%s', async (_title, registry: Registry, path, message) => {
  await using place = await startRegistry(registry)
  const image = `${place.registry}/${path}`
  await expect(pullContainerDisk({ store: place.store, image })).rejects.toThrow(message)
})

test('what cannot be reached or is no image says why', async () => {
  await using place = await startRegistry({})
  const pull = (image: string) => pullContainerDisk({ store: place.store, image })
  await expect(pull('127.0.0.1:1/demo')).rejects.toThrow(
    /^failed to pull and unpack image "127\.0\.0\.1:1\/demo:latest": .*connection refused$/,
  )
  await expect(pull('localhost/none')).rejects.toThrow(/not found in this node's image store$/)
  await expect(pull('Not An Image')).rejects.toMatchObject({ reason: 'InvalidImageName' })
})
