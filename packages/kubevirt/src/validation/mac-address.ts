import { finding, type Finding } from './problem.ts'

const MAC =
  /^[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$|^(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}$/i

/** KubeVirt's own bridge inside the pod has it. */
const RESERVED = '020000000000'

const digits = (address: string): string => address.replaceAll(/[^0-9a-f]/gi, '').toLowerCase()

/** F-12: nothing (one is generated), or the address of one network card. */
export function macAddressFindings(address: string): Finding[] {
  if (address === '') return []
  if (!MAC.test(address)) return [{ code: 'mac.malformed' }]
  const hex = digits(address)
  const first = Number.parseInt(hex.slice(0, 2), 16)
  return [
    ...finding((first & 1) === 1, 'mac.multicast'),
    ...finding(hex === RESERVED, 'mac.reserved'),
  ]
}

/** Whether two spellings are the same address. */
export const isSameMacAddress = (a: string, b: string): boolean =>
  a !== '' && digits(a) === digits(b)
