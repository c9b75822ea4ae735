import type { Duplex } from 'node:stream'
import { createSecureContext, TLSSocket } from 'node:tls'

/** Signed by itself, as those of guests are; valid for a hundred years, and secret to nobody. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBdzCCAR2gAwIBAgIUHUJWXkSxY9LYRrFe9/Y2Oh3ahD0wCgYIKoZIzj0EAwIw
EDEOMAwGA1UEAwwFZ3Vlc3QwIBcNMjYxMTIzMTM1MzEwWhgPMjEyNjEwMzAxMzUz
MTBaMBAxDjAMBgNVBAMMBWd1ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
eNasO2jBNeKOycdX7kef5hbOScTcW9vsPqlZDf53+DujF6DwOSYwFSFVcsgYMGtL
OuYO8Z8qfvr7d1tUMEcYDKNTMFEwHQYDVR0OBBYEFIgSmCC5ymwDXFQ5Em7gzQeD
a/5UMB8GA1UdIwQYMBaAFIgSmCC5ymwDXFQ5Em7gzQeDa/5UMA8GA1UdEwEB/wQF
MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgP4V0aqt/BVAQIKgyBEiYai9G99Ip3+fg
OtUUXbnyhDMCIQDM+PWTgAgNerIRlpcGlPyMWXMMmh50XmbxYoCyiImV2w==
-----END CERTIFICATE-----`

const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQJEKbQxwtFyTeYCj
QEyaU7sHe3qSa5syQk5ce5zSkuChRANCAAR41qw7aME14o7Jx1fuR5/mFs5JxNxb
2+w+qVkN/nf4O6MXoPA5JjAVIVVyyBgwa0s65g7xnyp++vt3W1QwRxgM
-----END PRIVATE KEY-----`

export const GUEST_CERTIFICATE = CERTIFICATE

interface FakeRdpOptions {
  /** The X.224 connection confirm, in hex. */
  confirm?: string
  onConnectionRequest?: (bytes: Buffer) => void
}

/** TLS was chosen. */
export const CONFIRM_TLS = '030000130ed000000000000200080001000000'

/** A guest's RDP server as far as a gateway sees it: X.224, then TLS with an echo inside. */
export function serveFakeRdp(stream: Duplex, options: FakeRdpOptions = {}): void {
  stream.on('error', () => {})
  stream.once('data', (request: Buffer) => {
    options.onConnectionRequest?.(request)
    stream.pause()
    stream.write(Buffer.from(options.confirm ?? CONFIRM_TLS, 'hex'))
    const secureContext = createSecureContext({ cert: CERTIFICATE, key: KEY })
    // TLS over what is not a socket of the system needs a socket of its own.
    const inside = new TLSSocket(stream, { isServer: true, secureContext })
    inside.on('error', () => {})
    inside.pipe(inside)
  })
}
