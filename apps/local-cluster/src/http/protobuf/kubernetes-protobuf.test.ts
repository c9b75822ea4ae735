import { expect, test } from 'vitest'
import { decodeProtobuf } from './kubernetes-protobuf.ts'

/** A field with a length: a string or the bytes of a message. */
function field(number: number, value: string | Buffer): Buffer {
  const bytes = Buffer.from(value)
  expect(bytes.length).toBeLessThan(128)
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes])
}
const integer = (number: number, value: number): Buffer => Buffer.from([number << 3, value])
const object = (apiVersion: string, kind: string, ...fields: Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from('k8s\0'),
    field(1, Buffer.concat([field(1, apiVersion), field(2, kind)])),
    field(2, Buffer.concat(fields)),
    field(3, ''),
  ])

test('decodes what kubectl create secret sends', () => {
  const metadata = Buffer.concat([
    field(1, 'a'),
    field(2, ''),
    field(8, ''),
    field(11, Buffer.concat([field(1, 'k'), field(2, 'v')])),
  ])
  const entry = Buffer.concat([field(1, 'password'), field(2, 'x')])
  expect(
    decodeProtobuf(
      object('v1', 'Secret', field(1, metadata), field(2, entry), field(3, 'Opaque')),
    ),
  ).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'a', labels: { k: 'v' } },
    data: { password: 'eA==' },
    type: 'Opaque',
  })
})

test('decodes numbers, lists and int-or-strings', () => {
  const port = Buffer.concat([integer(3, 80), field(4, integer(2, 22)), field(2, 'TCP')])
  const named = Buffer.concat([
    integer(3, 81),
    field(4, Buffer.concat([integer(1, 1), field(3, 'ssh')])),
  ])
  const spec = Buffer.concat([field(1, port), field(1, named), field(4, 'NodePort')])
  expect(decodeProtobuf(object('v1', 'Service', field(2, spec)))).toMatchObject({
    spec: {
      ports: [
        { port: 80, targetPort: 22, protocol: 'TCP' },
        { port: 81, targetPort: 'ssh' },
      ],
      type: 'NodePort',
    },
  })
})

test('does not know every kind and does not take everything', () => {
  expect(decodeProtobuf(object('apps/v1', 'Deployment'))).toBeUndefined()
  expect(() => decodeProtobuf(Buffer.from('{}'))).toThrow('no Kubernetes object')
  expect(() => decodeProtobuf(object('v1', 'Secret').subarray(0, 12))).toThrow('unexpected EOF')
})
