/** What a downloaded file is, told by its first bytes. */
export type ImageFormat = 'qcow2' | 'vmdk' | 'vdi' | 'vhdx' | 'vpc' | 'raw'
export type Compression = 'gz' | 'xz' | 'none'

/** Bytes that are needed to tell. */
export const HEADER_BYTES = 512

const startsWith = (header: Uint8Array, bytes: number[] | string): boolean => {
  const wanted = typeof bytes === 'string' ? [...Buffer.from(bytes, 'latin1')] : bytes
  return wanted.every((byte, index) => header[index] === byte)
}

export function compressionOf(header: Uint8Array): Compression {
  if (startsWith(header, [0x1f, 0x8b])) return 'gz'
  if (startsWith(header, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00])) return 'xz'
  return 'none'
}

/** ISO images and plain disks are raw: they have no header of their own to rely on. */
export function imageFormatOf(header: Uint8Array): ImageFormat {
  if (startsWith(header, [0x51, 0x46, 0x49, 0xfb])) return 'qcow2'
  if (startsWith(header, 'KDMV')) return 'vmdk'
  if (startsWith(header, 'vhdxfile')) return 'vhdx'
  if (startsWith(header, 'conectix')) return 'vpc'
  if (startsWith(header, '<<< Oracle VM VirtualBox Disk Image')) return 'vdi'
  return 'raw'
}

/**
 * Whether the bytes are a text, such as the HTML page that a server sends instead of the file.
 * A disk's first sector is never text: even a blank one consists of zero bytes.
 */
export function isText(header: Uint8Array): boolean {
  if (header.length === 0) return false
  return header.every(isPrintable)
}

const isPrintable = (byte: number): boolean =>
  byte === 0x09 || byte === 0x0a || byte === 0x0d || (byte >= 0x20 && byte !== 0x7f)
