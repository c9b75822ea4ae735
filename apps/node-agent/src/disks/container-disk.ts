import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import {
  formatImageReference,
  parseImageReference,
  type ImageReference,
} from './image-reference.ts'
import type { DiskFormat, ImageStore, StoredImage } from './image-store.ts'
import { RegistryClient, type Descriptor } from './registry-client.ts'
import { readTar } from './tar-reader.ts'

/** Why an image cannot be had, as a kubelet says it: `ErrImagePull` and the like. */
export class ImagePullError extends Error {
  readonly reason: 'ErrImagePull' | 'InvalidImageName'

  constructor(reason: ImagePullError['reason'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ImagePullError'
    this.reason = reason
  }
}

export interface PullOptions {
  store: ImageStore
  image: string
  /** Look it up again in the registry although it is in the store. */
  always?: boolean
  /** Only make sure that the registry has it: simulated guests have no disks. */
  manifestOnly?: boolean
}

/** Where KubeVirt expects the one disk in an image. */
const DISK_FILE = /^(?:\.\/)?disk\/[^/]+$/
const QCOW2_MAGIC = Buffer.from('QFI\xfb', 'latin1')

const pulls = new Map<string, Promise<StoredImage | undefined>>()

/** The disk of a container disk image: from the store, or from its registry. */
export function pullContainerDisk(options: PullOptions): Promise<StoredImage | undefined> {
  const { image } = options
  // Many VMs of one image start together: one download serves all.
  const running = pulls.get(image)
  if (running !== undefined) return running
  const pull = pullOnce(options).finally(() => pulls.delete(image))
  pulls.set(image, pull)
  return pull
}

async function pullOnce(options: PullOptions): Promise<StoredImage | undefined> {
  const { store, image, always = false, manifestOnly = false } = options
  const reference = parseImageReference(image)
  if (reference === undefined) {
    throw new ImagePullError(
      'InvalidImageName',
      `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format`,
    )
  }
  const name = formatImageReference(reference)
  const present = await store.find(name)
  // `localhost` is no registry: its images were put here, as by loading them into a node.
  const isLocal = reference.registry === 'localhost'
  if (present !== undefined && (!always || isLocal)) return present
  if (isLocal && manifestOnly) return undefined
  try {
    if (isLocal) throw new Error(`${name}: not found in this node's image store`)
    const client = new RegistryClient(reference)
    const layers = await client.layers()
    if (manifestOnly) return undefined
    const digest = layers.map((layer) => layer.digest).join(' ')
    if (present?.labels['layers'] === digest) return present
    return await download({ store, reference, client, layers })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const message = `failed to pull and unpack image "${name}": ${reason}`
    throw new ImagePullError('ErrImagePull', message, { cause: error })
  }
}

interface Download {
  store: ImageStore
  reference: ImageReference
  client: RegistryClient
  layers: Descriptor[]
}

async function download({ store, reference, client, layers }: Download) {
  const directory = await store.workDirectory()
  try {
    const file = join(directory, 'disk')
    let found: DiskFormat | undefined
    // Later layers lie over earlier ones.
    for (const layer of layers.toReversed()) {
      found = await extractDisk(await client.blob(layer), layer, file)
      if (found !== undefined) break
    }
    if (found === undefined) {
      throw new Error('it is no container disk: there is no file in /disk')
    }
    return await store.add({
      reference: formatImageReference(reference),
      disk: file,
      format: found,
      labels: { layers: layers.map(({ digest }) => digest).join(' ') },
    })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** Writes a layer's disk into `file` while the layer streams in; checks the layer's digest. */
async function extractDisk(
  body: Readable,
  layer: Descriptor,
  file: string,
): Promise<DiskFormat | undefined> {
  const hash = createHash('sha256')
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  let format: DiskFormat | undefined
  const decompress = decompressorFor(layer.mediaType)
  const unpack = async (source: AsyncIterable<Buffer>) => {
    const output = await open(file, 'w')
    let written = 0
    try {
      await readTar(source, (entry) => {
        if (entry.type !== 'file' || !DISK_FILE.test(entry.name)) return undefined
        format = 'raw'
        return async (chunk) => {
          if (written === 0 && chunk.subarray(0, 4).equals(QCOW2_MAGIC)) format = 'qcow2'
          // Empty stretches stay holes: a 10 GB disk often has 1 GB in it.
          if (!isZero(chunk)) await output.write(chunk, 0, chunk.length, written)
          written += chunk.length
        }
      })
      await output.truncate(written)
      // What follows the archive belongs to the digest.
      for await (const _ of source) continue
    } finally {
      await output.close()
    }
  }
  await pipeline(body, measured, decompress, unpack)
  const digest = `sha256:${hash.digest('hex')}`
  if (digest !== layer.digest) {
    throw new Error(`layer ${layer.digest} arrived damaged (as ${digest})`)
  }
  return format
}

const ZEROS = Buffer.alloc(64 * 1024)

const isZero = (chunk: Buffer): boolean =>
  chunk.length <= ZEROS.length && chunk.equals(ZEROS.subarray(0, chunk.length))

function decompressorFor(mediaType: string): Transform {
  if (mediaType.endsWith('gzip')) return createGunzip()
  if (mediaType.endsWith('zstd')) return createZstdDecompress()
  return new PassThrough()
}
