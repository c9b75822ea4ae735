import type { Duplex } from 'node:stream'
import type { Socket } from 'node:net'
import ssh2, { type AuthContext, type Connection, type PseudoTtyInfo } from 'ssh2'
import { serveFakeSftp } from './fake-sftp.ts'

const HOST_KEY = ssh2.utils.generateKeyPairSync('ed25519')

/** The key that the fake guests show, as ssh writes public keys. */
export const HOST_KEY_PUBLIC = HOST_KEY.public

export interface FakeSshOptions {
  /** Decides about each attempt; by default about the password of {@link GUEST_USER}. */
  authenticate?: (context: AuthContext) => void
  /** The root of its files. */
  directory?: string
}

export const GUEST_USER = { userName: 'jane', password: 'S3cret!pass' }

export interface FakeSsh {
  terminal: Partial<PseudoTtyInfo>
  attempts: string[]
  connections: Connection[]
}

/**
 * A guest's SSH server. Its shell answers in capitals, says a lot at "say N", and ends with a
 * code at "exit N".
 */
export function serveFakeSsh(stream: Duplex, options: FakeSshOptions, seen: FakeSsh): void {
  const { authenticate = takePassword } = options
  stream.on('error', () => {})
  const server = new ssh2.Server({ hostKeys: [HOST_KEY.private] }, (connection) => {
    seen.connections.push(connection)
    connection.on('error', () => {})
    connection.on('authentication', (context) => {
      seen.attempts.push(context.method)
      authenticate(context)
    })
    connection.on('session', (accept) => {
      const session = accept()
      session.on('pty', (acceptPty, _reject, info) => {
        seen.terminal = info
        acceptPty()
      })
      session.on('window-change', (acceptChange, _reject, { cols, rows }) => {
        seen.terminal = { ...seen.terminal, cols, rows }
        acceptChange?.()
      })
      session.on('shell', (acceptShell) => {
        const shell = acceptShell()
        shell.write('$ ')
        shell.on('data', (data: Buffer) => {
          const count = /^say (\d+)/.exec(String(data))?.[1]
          if (count !== undefined) return void shell.write('x'.repeat(Number(count)))
          const code = /^exit (\d+)/.exec(String(data))?.[1]
          if (code === undefined) {
            shell.write(String(data).toUpperCase())
          } else {
            shell.exit(Number(code))
            shell.write('bye')
            shell.end()
          }
        })
      })
      const { directory } = options
      if (directory !== undefined) {
        session.on('sftp', (acceptSftp) => serveFakeSftp(acceptSftp(), directory))
      }
    })
  })
  // Any stream will do for what it does with it.
  server.injectSocket(stream as Socket)
}

function takePassword(context: AuthContext): void {
  const { userName, password } = GUEST_USER
  const isRight =
    context.method === 'password' &&
    context.username === userName &&
    context.password === password
  if (isRight) context.accept()
  else context.reject(['password', 'publickey'])
}
