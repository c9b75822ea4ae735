const RNS_UD_CS_WANT_32BPP_SESSION = 0x0002
const CS_CORE = 0xc001
/** Where CS_CORE has its earlyCapabilityFlags, counted from the block's header. */
const EARLY_CAPABILITIES = 4 + 140

/**
 * xrdp pads its 16-bit pictures to a multiple of four pixels, which IronRDP 0.7 draws
 * sheared, and then panics. Asked for 32 bits, xrdp sends RemoteFX instead. This sets that
 * wish in the client's MCS Connect-Initial; true when the bytes held it.
 * https://github.com/Devolutions/IronRDP/pull/1486 makes this needless.
 */
export function wantWholePictures(bytes: Buffer): boolean {
  // The name of the client's blocks in a T.124 ConferenceCreateRequest; a length follows.
  const start = bytes.indexOf('Duca')
  if (start < 0) return false
  for (const skipped of [5, 6]) {
    const block = start + skipped
    if (bytes.length < block + EARLY_CAPABILITIES + 2) continue
    if (bytes.readUInt16LE(block) !== CS_CORE) continue
    const at = block + EARLY_CAPABILITIES
    bytes.writeUInt16LE(bytes.readUInt16LE(at) | RNS_UD_CS_WANT_32BPP_SESSION, at)
    return true
  }
  return false
}
