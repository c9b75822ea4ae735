/** Go's `net.ParseMAC`: 6, 8 or 20 bytes as `00:…`, `00-…` or `0000.0000.0000`. */
export function macAddressLength(address: string): number | undefined {
  const colons = /^[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2})*$/i.test(address)
  const dots = /^[0-9a-f]{4}(?:\.[0-9a-f]{4})+$/i.test(address)
  const bytes = address.replaceAll(/[^0-9a-f]/gi, '').length / 2
  return (colons || dots) && [6, 8, 20].includes(bytes) ? bytes : undefined
}
