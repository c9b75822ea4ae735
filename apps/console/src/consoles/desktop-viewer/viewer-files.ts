/** What a remote desktop client reads (F-43). */
export function rdpFile(address: string): string {
  // IPv6 addresses have colons of their own.
  const host = address.includes(':') ? `[${address}]` : address
  return [
    `full address:s:${host}:3389`,
    'screen mode id:i:2',
    'prompt for credentials:i:1',
    'redirectclipboard:i:1',
    '',
  ].join('\r\n')
}

/** What virt-viewer reads; the port is that of `virtctl vnc --proxy-only`. */
export const virtViewerFile = (title: string): string =>
  ['[virt-viewer]', 'type=vnc', 'host=127.0.0.1', 'port=5900', `title=${title}`, ''].join('\n')
