/** The little of Ethernet, ARP, IPv4 and UDP that a boot server needs. */

export type Address = `${number}.${number}.${number}.${number}`

export interface Station {
  /** Six bytes. */
  mac: Buffer
  address: Address
}

/** A UDP datagram with all that is around it. */
export interface Datagram {
  fromMac: Buffer
  from: Address
  fromPort: number
  to: Address
  toPort: number
  payload: Buffer
}

export const BROADCAST_MAC = Buffer.alloc(6, 0xff)
export const BROADCAST: Address = '255.255.255.255'
export const ANY: Address = '0.0.0.0'

const ETHERNET = 14
const IPV4 = 20
const UDP = 8
const TYPE_IPV4 = 0x0800
const TYPE_ARP = 0x0806
const PROTOCOL_UDP = 17
const ARP_REQUEST = 1
const ARP_REPLY = 2
const TIME_TO_LIVE = 64

export function readAddress(buffer: Buffer, offset: number): Address {
  return [...buffer.subarray(offset, offset + 4)].join('.') as Address
}

export function addressBytes(address: Address): Buffer {
  return Buffer.from(address.split('.').map(Number))
}

/** The datagram in a frame; undefined if there is none, or only a part of one. */
export function parseDatagram(frame: Buffer): Datagram | undefined {
  if (frame.length < ETHERNET + IPV4 + UDP || frame.readUInt16BE(12) !== TYPE_IPV4) {
    return undefined
  }
  const packet = frame.subarray(ETHERNET)
  const headerLength = ((packet[0] ?? 0) & 0x0f) * 4
  const isFragment = (packet.readUInt16BE(6) & 0x3fff) !== 0
  if (headerLength < IPV4 || isFragment || packet[9] !== PROTOCOL_UDP) return undefined
  const segment = packet.subarray(headerLength, packet.readUInt16BE(2))
  if (segment.length < UDP) return undefined
  return {
    fromMac: frame.subarray(6, 12),
    from: readAddress(packet, 12),
    fromPort: segment.readUInt16BE(0),
    to: readAddress(packet, 16),
    toPort: segment.readUInt16BE(2),
    payload: segment.subarray(UDP, segment.readUInt16BE(4)),
  }
}

export interface OutgoingDatagram {
  from: Station
  fromPort: number
  to: Station
  toPort: number
  payload: Buffer
}

export function composeDatagram({
  from,
  fromPort,
  to,
  toPort,
  payload,
}: OutgoingDatagram): Buffer {
  const frame = Buffer.alloc(ETHERNET + IPV4 + UDP + payload.length)
  to.mac.copy(frame, 0)
  from.mac.copy(frame, 6)
  frame.writeUInt16BE(TYPE_IPV4, 12)
  const header = frame.subarray(ETHERNET, ETHERNET + IPV4)
  header[0] = 0x45
  header.writeUInt16BE(IPV4 + UDP + payload.length, 2)
  header[8] = TIME_TO_LIVE
  header[9] = PROTOCOL_UDP
  addressBytes(from.address).copy(header, 12)
  addressBytes(to.address).copy(header, 16)
  header.writeUInt16BE(checksum(header), 10)
  // UDP over IPv4 may go without a checksum of its own.
  const datagram = frame.subarray(ETHERNET + IPV4)
  datagram.writeUInt16BE(fromPort, 0)
  datagram.writeUInt16BE(toPort, 2)
  datagram.writeUInt16BE(UDP + payload.length, 4)
  payload.copy(datagram, UDP)
  return frame
}

function checksum(header: Buffer): number {
  let sum = 0
  for (let offset = 0; offset < header.length; offset += 2) sum += header.readUInt16BE(offset)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}

/** The answer to an ARP request for this station; undefined if the frame is no such thing. */
export function answerArp(frame: Buffer, station: Station): Buffer | undefined {
  if (frame.length < ETHERNET + 28 || frame.readUInt16BE(12) !== TYPE_ARP) return undefined
  const request = frame.subarray(ETHERNET, ETHERNET + 28)
  if (request.readUInt16BE(6) !== ARP_REQUEST) return undefined
  if (readAddress(request, 24) !== station.address) return undefined
  const answer = Buffer.from(frame.subarray(0, ETHERNET + 28))
  const reply = answer.subarray(ETHERNET)
  request.copy(answer, 0, 8, 14)
  station.mac.copy(answer, 6)
  reply.writeUInt16BE(ARP_REPLY, 6)
  request.copy(reply, 18, 8, 18)
  station.mac.copy(reply, 8)
  addressBytes(station.address).copy(reply, 14)
  return answer
}
