import { isStatus } from '@virtdeck/kubernetes'

/*
 * The frames of v4.channel.k8s.io and v5.channel.k8s.io: the first byte is the channel.
 * https://github.com/kubernetes/kubernetes/blob/v1.32.0/staging/src/k8s.io/apimachinery/pkg/util/remotecommand/constants.go
 */
const CHANNELS = { input: 0, output: 1, errors: 2, status: 3, resize: 4 } as const

/** How a command ended. */
export type CommandEnd =
  | { exitCode: number }
  /** It did not begin, or nobody knows. */
  | { exitCode: undefined; message: string }

export type ExecFrame =
  | { type: 'output'; bytes: Uint8Array }
  | { type: 'end'; end: CommandEnd }
  | { type: 'unknown' }

function frame(channel: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(content.length + 1)
  bytes[0] = channel
  bytes.set(content, 1)
  return bytes
}

export const inputFrame = (text: string) =>
  frame(CHANNELS.input, new TextEncoder().encode(text))

/** Bytes that are no text, such as mouse reports: one byte a character. */
export const binaryInputFrame = (text: string) =>
  frame(
    CHANNELS.input,
    Uint8Array.from(text, (character) => character.charCodeAt(0)),
  )

export const resizeFrame = ({ columns, rows }: { columns: number; rows: number }) =>
  frame(
    CHANNELS.resize,
    new TextEncoder().encode(JSON.stringify({ Width: columns, Height: rows })),
  )

export function parseFrame(data: ArrayBuffer): ExecFrame {
  const bytes = new Uint8Array(data)
  const content = bytes.subarray(1)
  switch (bytes[0]) {
    case CHANNELS.output:
    case CHANNELS.errors:
      return { type: 'output', bytes: content }
    case CHANNELS.status:
      return { type: 'end', end: parseEnd(new TextDecoder().decode(content)) }
    default:
      return { type: 'unknown' }
  }
}

/** Success, NonZeroExitCode with the code in a cause, or why there was no command. */
function parseEnd(text: string): CommandEnd {
  let status: unknown
  try {
    status = JSON.parse(text)
  } catch {
    return { exitCode: undefined, message: text }
  }
  if (!isStatus(status)) return { exitCode: undefined, message: text }
  if (status.status === 'Success') return { exitCode: 0 }
  const cause = status.details?.causes?.find(({ reason }) => reason === 'ExitCode')
  const exitCode = Number(cause?.message)
  return status.reason === 'NonZeroExitCode' && Number.isInteger(exitCode)
    ? { exitCode }
    : { exitCode: undefined, message: status.message ?? text }
}
