import { generateKeyPairSync } from 'node:crypto'

const TYPE = 'ecdsa-sha2-nistp256'

/** A key of its own: the private half as OpenSSL writes it, the public one as ssh does. */
export function makeSshKey(): { privateKey: string; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const uncompressed = Buffer.from([4])
  const point = [uncompressed, Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  const parts = [Buffer.from(TYPE), Buffer.from('nistp256'), Buffer.concat(point)]
  const blob = Buffer.concat(parts.flatMap((part) => [lengthOf(part), part]))
  return {
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicKey: `${TYPE} ${blob.toString('base64')}`,
  }
}

function lengthOf(part: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(part.length)
  return length
}
