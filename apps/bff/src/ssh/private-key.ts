import ssh2, { type ParsedKey } from 'ssh2'
import { SshError } from './ssh-error.ts'

/** Reads a private key as OpenSSH, PEM or PuTTY write it; throws in words. */
export function readPrivateKey(text: string, passphrase: string | undefined): ParsedKey {
  const [key] = [parse(text, passphrase)].flat()
  if (key === undefined || key instanceof Error) {
    throw new SshError(isLocked(key, passphrase) ? 'passphrase' : 'keyUnreadable')
  }
  if (!key.isPrivateKey()) throw new SshError('keyUnreadable')
  return key
}

/** Copied keys often lack the line end that the format asks for. */
function parse(text: string, passphrase: string | undefined) {
  try {
    return ssh2.utils.parseKey(`${text.trim()}\n`, passphrase || undefined)
  } catch (error) {
    return error as Error
  }
}

/** The library says it by its text alone; OpenSSL calls a wrong passphrase a bad decrypt. */
function isLocked(error: Error | undefined, passphrase: string | undefined): boolean {
  const message = error?.message ?? ''
  if (/passphrase|decrypt/i.test(message)) return true
  return Boolean(passphrase) && /integrity|malformed/i.test(message)
}
