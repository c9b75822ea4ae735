import { duplexPair, type Duplex } from 'node:stream'

/**
 * Two streams, each of which is the other end of the other, like the two ends of a socket.
 * Node's own pair does not notice when one of them is destroyed.
 */
export function connectedPair(): [Duplex, Duplex] {
  const [near, far] = duplexPair()
  near.once('close', () => far.destroy())
  far.once('close', () => near.destroy())
  return [near, far]
}
