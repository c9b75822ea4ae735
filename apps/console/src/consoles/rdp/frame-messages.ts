/** What the console tells the frame in which RDP runs. */
export type ToRdpFrame =
  | { type: 'connect'; options: RdpConnectOptions }
  | { type: 'keys'; keys: 'ctrlAltDel' | 'meta' }
  | { type: 'resize'; width: number; height: number }
  | { type: 'disconnect' }

export interface RdpConnectOptions {
  socketUrl: string
  virtualMachineName: string
  userName: string
  password: string
  domain: string
  width: number
  height: number
  /** The picture's accessible name. */
  label: string
}

/** What the frame tells the console. */
export type FromRdpFrame =
  | { type: 'ready' }
  | { type: 'connected' }
  | { type: 'ended'; ending: RdpEnding }
  /** The client fell over; only a new frame helps. */
  | { type: 'crashed' }
  /** Somebody is there. */
  | { type: 'active' }
  /** Ctrl+Alt+Shift. */
  | { type: 'leave' }

export interface RdpEnding {
  wasConnected: boolean
  /** The guest has ended the session; without, the connection broke off. */
  hasFarewell: boolean
  /** IronErrorKind of the client. */
  kind: number
  /** HTTP status of the console server's refusal. */
  status?: number
  /** What the client says, for what nobody knows better. */
  message: string
}
