import { z } from 'zod'

/**
 * WebSocket of a shell in a guest, through its forwarded port 22; SSH ends in the BFF.
 *
 * Text frames are JSON: {@link SshServerFrame} from the BFF, {@link SshClientFrame} to it.
 * Binary frames begin with a channel: {@link SSH_TERMINAL} and the terminal's bytes, or
 * {@link SSH_FILE}, the transfer's id (32 bits, big end first) and a piece of the file.
 *
 * 1. The BFF checks session, Origin, permission and limits, and opens the guest's port. A
 *    refusal opens and closes the socket with `consoleCloseCode`.
 * 2. `hostKey` comes. Nothing secret has left the browser until it answers with `signIn`.
 * 3. `ready` comes and the terminal is there; `failed` and the end otherwise.
 * 4. Files go through the same connection: each is one transfer with an id that the browser
 *    chooses. Whoever sends a file stops at {@link SSH_FILE_WINDOW} bytes that the other side
 *    has not told of as `received`; so nobody has to keep more than that.
 */
export const sshSocketPath = ({ namespace, name }: { namespace: string; name: string }) =>
  `/api/ssh/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`

export const SSH_TERMINAL = 0
export const SSH_FILE = 1
export const SSH_FILE_HEADER_BYTES = 5
/** A piece of a file in one frame. */
export const SSH_FILE_PIECE_BYTES = 32 * 1024
/** Of a file on its way and not confirmed. */
export const SSH_FILE_WINDOW = 1024 * 1024
/** Transfers and questions of one session at a time. */
export const SSH_MAX_TRANSFERS = 8

const size = { columns: z.int().min(1).max(1000), rows: z.int().min(1).max(1000) }
const id = z.int().min(0).max(0xff_ff_ff_ff)
const path = z.string().min(1).max(4096)

export const sshCredentials = z.union([
  z.object({ password: z.string().max(4096) }),
  z.object({
    /** OpenSSH, PEM or PuTTY. */
    privateKey: z
      .string()
      .min(1)
      .max(32 * 1024),
    passphrase: z.string().max(4096).optional(),
  }),
])
export type SshCredentials = z.infer<typeof sshCredentials>

export const sshSignIn = z.object({
  type: z.literal('signIn'),
  /** The fingerprint that the user has confirmed. */
  hostKey: z.string(),
  userName: z.string().min(1).max(256),
  credentials: sshCredentials,
  ...size,
})
export type SshSignIn = z.infer<typeof sshSignIn>

export const sshClientFrame = z.discriminatedUnion('type', [
  sshSignIn,
  z.object({ type: z.literal('resize'), ...size }),
  /** → `listed`. `.` is the user's own folder. */
  z.object({ type: z.literal('list'), id, path }),
  /** → `uploading`, then pieces, `endOfFile`, and `done` when the file has its name. */
  z.object({ type: z.literal('upload'), id, path, overwrites: z.boolean() }),
  z.object({ type: z.literal('endOfFile'), id }),
  /** → `downloading`, then pieces and `done`. */
  z.object({ type: z.literal('download'), id, path }),
  z.object({ type: z.literal('received'), id, bytes: z.int().min(0) }),
  z.object({ type: z.literal('cancel'), id }),
])
export type SshClientFrame = z.infer<typeof sshClientFrame>

export const sshFailureReason = z.enum([
  /** The port was closed before anything was said: nothing listens. */
  'refused',
  'timeout',
  'notSsh',
  /** No common way to encrypt. */
  'handshake',
  /** Not the one that was confirmed; the browser connects again and asks. */
  'hostKeyChanged',
  'keyUnreadable',
  'passphrase',
  /** The server does not take what was offered. */
  'wrongPassword',
  'wrongKey',
  'passwordNotAllowed',
  'keyNotAllowed',
  'noTerminal',
  'protocol',
  'lost',
])
export type SshFailureReason = z.infer<typeof sshFailureReason>

export const sshFileFailure = z.enum([
  'notFound',
  'forbidden',
  'exists',
  'notAFile',
  /** The server does no SFTP. */
  'noSftp',
  'tooMany',
  'failed',
])
export type SshFileFailure = z.infer<typeof sshFileFailure>

const sshFileEntry = z.object({
  name: z.string(),
  type: z.enum(['file', 'directory', 'other']),
  size: z.number(),
  /** Seconds since 1970. */
  modified: z.number(),
})
export type SshFileEntry = z.infer<typeof sshFileEntry>

export const sshServerFrame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hostKey'),
    /** `SHA256:…`, as ssh shows it. */
    fingerprint: z.string(),
    algorithm: z.string(),
  }),
  z.object({ type: z.literal('ready') }),
  /** The shell has ended; the connection does, too. */
  z.object({
    type: z.literal('exit'),
    code: z.number().optional(),
    signal: z.string().optional(),
  }),
  z.object({ type: z.literal('failed'), reason: sshFailureReason, message: z.string() }),
  z.object({
    type: z.literal('listed'),
    id,
    /** Without links and dots. */
    path: z.string(),
    entries: z.array(sshFileEntry),
    /** There are more than the BFF reads. */
    isCut: z.boolean(),
  }),
  z.object({ type: z.literal('uploading'), id }),
  z.object({ type: z.literal('downloading'), id, size: z.number() }),
  z.object({ type: z.literal('received'), id, bytes: z.number() }),
  z.object({ type: z.literal('done'), id }),
  z.object({
    type: z.literal('fileFailed'),
    id,
    reason: sshFileFailure,
    message: z.string(),
  }),
])
export type SshServerFrame = z.infer<typeof sshServerFrame>
