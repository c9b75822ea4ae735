import { statusOfCloseCode } from '@virtdeck/bff-contract'

/** How a WebSocket ended, as the browser tells. */
export interface Closing {
  code: number
  reason: string
}

/** What the end of an attempt means for the console. */
export type Closure =
  /** Network, BFF, API server or node agent went away: worth another attempt. */
  | { type: 'lost'; message: string }
  /** There is no running guest now. */
  | { type: 'notRunning' }
  /** Another session has the console, and this one did not ask to end it. */
  | { type: 'held'; message: string }
  /** Asking again would not help: no permission, no such device, signed out. */
  | { type: 'refused'; status: number; message: string }

/**
 * virt-api's answers, as the BFF hands them on in close codes:
 * 400 "VMI is not running", 404 no VMI, 409 failed or not started;
 * 400 "No serial consoles are present." / "No graphics devices are present.";
 * 500 around virt-handler's 503 "Active VNC connection. Request denied." (preserveSession).
 */
export function closureOf({ code, reason }: Closing): Closure {
  const status = statusOfCloseCode(code)
  if (status === undefined) return { type: 'lost', message: reason }
  if (status === 404 || status === 409) return { type: 'notRunning' }
  if (status === 400 && /not (running|started)/i.test(reason)) return { type: 'notRunning' }
  if (/active vnc connection/i.test(reason)) return { type: 'held', message: reason }
  if (status < 500) return { type: 'refused', status, message: reason }
  return { type: 'lost', message: reason }
}

/** The VM has no such device; starting it again changes nothing. */
export const isMissingDevice = (message: string): boolean =>
  /no (serial consoles|graphics devices) are present/i.test(message)
