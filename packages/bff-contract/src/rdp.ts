import { z } from 'zod'

interface RdpTarget {
  namespace: string
  name: string
}

const rdpPath = ({ namespace, name }: RdpTarget): string =>
  `/api/rdp/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`

/** POST → {@link RdpCertificate}: what the guest's RDP server shows before anybody signs in. */
export const rdpCertificatePath = (target: RdpTarget): string =>
  `${rdpPath(target)}/certificate`

export const rdpCertificate = z.object({
  /** SHA-256 of the server's certificate, `AB:CD:…`. */
  fingerprint: z.string(),
  subject: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
  /** Whether user and password are checked before there is a desktop (NLA). */
  networkLevelAuthentication: z.boolean(),
})
export type RdpCertificate = z.infer<typeof rdpCertificate>

/**
 * WebSocket that speaks RDCleanPath: X.224 and TLS end in the BFF, the rest in the browser.
 * Refusals are answers of RDCleanPath with an HTTP status; {@link RDP_CERTIFICATE_CHANGED} if
 * the guest's certificate is another one than `fingerprint`.
 */
export function rdpSocketPath(
  target: RdpTarget & {
    /** The certificate that the user has confirmed. */
    fingerprint: string
    /** Asks guests with xrdp for pictures that the client can draw. */
    asksForWholePictures?: boolean
  },
): string {
  const query = new URLSearchParams({ fingerprint: target.fingerprint })
  if (target.asksForWholePictures) query.set('wholePictures', 'true')
  return `${rdpPath(target)}?${query.toString()}`
}

export const RDP_CERTIFICATE_CHANGED = 412
