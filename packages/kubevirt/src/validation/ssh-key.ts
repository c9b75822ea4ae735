import type { Finding } from './problem.ts'

const TYPES = [
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
]

/** F-11: one line of an authorized_keys file: type, key, comment. */
export function sshKeyFindings(line: string): Finding[] {
  const text = line.trim()
  if (text === '') return [{ code: 'required' }]
  if (text.includes('PRIVATE KEY')) return [{ code: 'sshKey.privateKey' }]
  const [type = '', key = ''] = text.split(/\s+/)
  if (!TYPES.includes(type) || key === '') return [{ code: 'sshKey.notAKey' }]
  return embeddedType(key) === type && !/[\r\n]/.test(text) ? [] : [{ code: 'sshKey.damaged' }]
}

/** The key's bytes begin with its type again: a length and the text. */
function embeddedType(key: string): string | undefined {
  let bytes: string
  try {
    bytes = atob(key)
  } catch {
    return undefined
  }
  const length = bytes.charCodeAt(2) * 256 + bytes.charCodeAt(3)
  return bytes.length > 4 + length ? bytes.slice(4, 4 + length) : undefined
}
