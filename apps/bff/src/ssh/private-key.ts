import { createPrivateKey } from 'node:crypto'
import ssh2, { type ParsedKey } from 'ssh2'
import { SshError } from './ssh-error.ts'

/** Reads a private key as OpenSSH, OpenSSL or PuTTY write it; throws in words. */
export function readPrivateKey(text: string, passphrase: string | undefined): ParsedKey {
  const [key] = [parse(text, passphrase)].flat()
  if (key === undefined || key instanceof Error) {
    throw new SshError(isLocked(key, passphrase) ? 'passphrase' : 'keyUnreadable')
  }
  if (!key.isPrivateKey()) throw new SshError('keyUnreadable')
  return key
}

function parse(text: string, passphrase: string | undefined) {
  try {
    // Copied keys often lack the line end that the format asks for.
    const key = `${text.trim()}\n`
    if (/BEGIN (ENCRYPTED )?PRIVATE KEY/.test(key)) {
      return ssh2.utils.parseKey(fromPkcs8(key, passphrase))
    }
    return ssh2.utils.parseKey(key, passphrase || undefined)
  } catch (error) {
    return error as Error
  }
}

/** OpenSSL's newer format, which the library does not read, as its older one. */
function fromPkcs8(key: string, passphrase = ''): string {
  const read = createPrivateKey({ key, passphrase })
  const type = read.asymmetricKeyType === 'rsa' ? 'pkcs1' : 'sec1'
  return read.export({ format: 'pem', type }).toString()
}

/** The library says it by its text alone; OpenSSL calls a wrong passphrase a bad decrypt. */
function isLocked(error: Error | undefined, passphrase: string | undefined): boolean {
  const message = error?.message ?? ''
  if (/passphrase|decrypt/i.test(message)) return true
  return Boolean(passphrase) && /integrity|malformed/i.test(message)
}
