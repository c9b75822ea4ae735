import type { Network, NetworkInterface } from '../types.ts'
import { POD_NETWORK, type NicValues } from './networking-values.ts'

export function interfaceOf(
  { name, model, binding, macAddress, ports }: NicValues,
  { isBootNic }: { isBootNic: boolean },
): NetworkInterface {
  return {
    name,
    ...(model !== '' && { model }),
    [binding]: {},
    ...(macAddress !== '' && { macAddress }),
    ...(isBootNic && { bootOrder: 1 }),
    ...(binding === 'masquerade' &&
      ports.length > 0 && {
        ports: ports.map(({ port, protocol }) => ({ port: Number(port), protocol })),
      }),
  }
}

export const networkOf = ({ name, network }: NicValues): Network =>
  network === POD_NETWORK ? { name, pod: {} } : { name, multus: { networkName: network } }
