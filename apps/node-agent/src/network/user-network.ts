/**
 * User-mode networking (slirp): each guest is alone behind its own small router, as with
 * KubeVirt's masquerade binding, whose addresses are used. Networks that guests share will be
 * further kinds of back end beside this one.
 */
export const MASQUERADE_ADDRESS = '10.0.2.2'

export interface UserNetwork {
  /** What the guest gets by DHCP: the masquerade address, or the pod's own with a bridge. */
  address: string
  hostname: string
}

/** The options of `-netdev user`: router at .1, the guest where it belongs, DNS beside them. */
export function userNetwork({ address, hostname }: UserNetwork): string {
  const parts = address.split('.')
  const network = parts.slice(0, 3).join('.')
  const last = Number(parts[3])
  const host = last === 1 ? 254 : 1
  const dns = last === 3 ? 4 : 3
  return [
    `net=${network}.0/24`,
    `host=${network}.${host}`,
    `dhcpstart=${address}`,
    `dns=${network}.${dns}`,
    `hostname=${hostname}`,
  ].join(',')
}
