import { expect, it } from 'vitest'
import { DerError } from './der.ts'
import { decodeRequest, encodeFailure, encodeResponse } from './rdclean-path.ts'

/** As a browser with IronRDP sent it: destination, token, X.224 with SSL, HYBRID, HYBRID_EX. */
const REQUEST =
  '3053a00402020d3ea20c0c0a766d3a6e73312f6e6c61a30c0c0a7469636b65742d313233a62f042d0300002d28e00000000000436f6f6b69653a206d737473686173683d726470757365720d0a010008000b000000'
const CONFIRM = Buffer.from('030000130ed000000000000203080002000000', 'hex')

it('reads the request of a browser, in as many pieces as it comes', () => {
  const bytes = Buffer.from(REQUEST, 'hex')
  for (let length = 0; length < bytes.length; length += 1) {
    expect(decodeRequest(bytes.subarray(0, length))).toBeUndefined()
  }
  const request = decodeRequest(Buffer.concat([bytes, Buffer.from('more')]))
  expect(request?.connectionRequest.toString('latin1')).toContain('mstshash=rdpuser')
  expect(request?.connectionRequest).toHaveLength(45)
  expect(request?.rest.toString()).toBe('more')
})

it.each([
  ['not a sequence', '0101ff'],
  ['another version', REQUEST.replace('02020d3e', '02020d3f')],
  ['no X.224', '3006a00402020d3e'],
  ['an element cut off', '3006a00402020d'.padEnd(16, 'f')],
  ['an endless length', '3080a00402020d3e'],
])('refuses %s', (_what, hex) => {
  expect(() => decodeRequest(Buffer.from(hex, 'hex'))).toThrow(DerError)
})

it('answers with the confirmation and the certificates', () => {
  const certificates = [Buffer.from('3003020101', 'hex')]
  const response = encodeResponse({
    connectionConfirm: CONFIRM,
    certificates,
    serverAddress: '127.0.0.1',
  })
  expect(response.toString('hex')).toBe(
    '3035a00402020d3ea6150413030000130ed000000000000203080002000000a709300704053003020101a90b0c093132372e302e302e31',
  )
})

it('has long certificates', () => {
  const response = encodeResponse({
    connectionConfirm: CONFIRM,
    certificates: [Buffer.alloc(1200, 7)],
    serverAddress: 'vm',
  })
  expect(response.subarray(0, 4).toString('hex')).toBe('308204df')
})

it.each([
  [{ http: 401 }, '3015a00402020d3ea10d300ba003020101a10402020191'],
  [{ wsa: 10061 }, '3015a00402020d3ea10d300ba003020101a2040202274d'],
  [{ tlsAlert: 40 }, '3014a00402020d3ea10c300aa003020101a303020128'],
  [
    { connectionConfirm: Buffer.from('030000130ed000000000000300080005000000', 'hex') },
    '3026a00402020d3ea1073005a003020102a6150413030000130ed000000000000300080005000000',
  ],
])('tells the failure %o', (failure, hex) => {
  expect(encodeFailure(failure).toString('hex')).toBe(hex)
})
