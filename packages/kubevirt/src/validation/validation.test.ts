import { describe, expect, test } from 'vitest'
import { imageReferenceFindings } from './image-reference.ts'
import { isSameMacAddress, macAddressFindings } from './mac-address.ts'
import {
  diskNameFindings,
  hostnameFindings,
  interfaceNameFindings,
  virtualMachineNameFindings,
} from './names.ts'
import type { Finding } from './problem.ts'
import { cpuFindings, diskSizeFindings, memoryFindings } from './quantities.ts'
import { sshKeyFindings } from './ssh-key.ts'
import { imageUrlFindings } from './url.ts'

const codes = (findings: Finding[]): string => findings.map(({ code }) => code).join(' ')

/** The body of a key: its type once more with some bytes behind. */
const keyOf = (type: string): string =>
  btoa(`\0\0\0${String.fromCharCode(type.length)}${type}${'k'.repeat(32)}`)

describe('F-10 name of a VM', () => {
  test.each([
    ['web', ''],
    ['web-1', ''],
    ['1', ''],
    ['a'.repeat(253), ''],
    ['a'.repeat(254), 'tooLong'],
    ['', 'required'],
    ['Web', 'upperCase'],
    ['my web', 'blank'],
    ['web.example', 'dot'],
    ['web_1', 'specialCharacter'],
    ['ウェブ', 'specialCharacter'],
    ['-web', 'edge'],
    ['web-', 'edge'],
    ['My Web_1.', 'upperCase blank dot specialCharacter edge'],
  ])('%s', (name, expected) => {
    expect(codes(virtualMachineNameFindings(name))).toBe(expected)
  })

  test('the reasons carry what is needed to say them', () => {
    expect(virtualMachineNameFindings('a$b_c$')).toEqual([
      { code: 'specialCharacter', parameters: { characters: '$ _' } },
    ])
    expect(virtualMachineNameFindings('a'.repeat(300))).toEqual([
      { code: 'tooLong', parameters: { max: 253, length: 300 } },
    ])
  })
})

test.each([
  ['data.1', ''],
  ['data..1', 'emptyLabel'],
  ['data.-1', 'emptyLabel'],
  ['.data', 'edge'],
  ['a'.repeat(254), 'tooLong'],
])('F-13 name of a disk: %s', (name, expected) => {
  expect(codes(diskNameFindings(name))).toBe(expected)
})

test('host names and names of NICs are labels', () => {
  expect(codes(hostnameFindings(''))).toBe('')
  expect(codes(hostnameFindings('web.example'))).toBe('dot')
  expect(codes(hostnameFindings('a'.repeat(64)))).toBe('tooLong')
  expect(codes(interfaceNameFindings('nic0'))).toBe('')
  expect(codes(interfaceNameFindings(''))).toBe('required')
})

describe('quantities', () => {
  test.each([
    ['512', 'Mi', ''],
    ['0.5', 'Gi', ''],
    ['0', 'Gi', 'notPositive'],
    ['-1', 'Gi', 'notPositive'],
    ['lots', 'Gi', 'notANumber'],
    ['1e3', 'Mi', 'notANumber'],
    ['', 'Gi', 'required'],
    ['0.5', 'Mi', 'tooLittleMemory'],
  ] as const)('memory of %s %s', (value, unit, expected) => {
    expect(codes(memoryFindings(value, unit))).toBe(expected)
  })

  test.each([
    ['1', ''],
    ['1.5', 'notWhole'],
    ['0', 'notPositive'],
    ['two', 'notANumber'],
  ])('%s CPUs', (value, expected) => expect(codes(cpuFindings(value))).toBe(expected))

  test('disks may have fractions of a GiB', () => {
    expect(codes(diskSizeFindings('0.1'))).toBe('')
    expect(codes(diskSizeFindings('0'))).toBe('notPositive')
  })
})

test.each([
  ['quay.io/containerdisks/fedora:41', ''],
  ['localhost/virtdeck/tiny-linux:latest', ''],
  ['kubevirt/cirros-registry-disk-demo', ''],
  ['registry.example.com:5000/a/b_c/d--e', ''],
  ['registry:5000/os', ''],
  [`fedora@sha256:${'0'.repeat(64)}`, ''],
  ['', 'required'],
  ['quay.io/a b', 'image.blank'],
  [' quay.io/a', 'image.blank'],
  ['docker://quay.io/a', 'image.scheme'],
  ['https://quay.io/a', 'image.scheme'],
  ['quay.io/Fedora', 'image.upperCase'],
  ['quay.io/', 'image.malformed'],
  ['quay.io/a:', 'image.malformed'],
  ['quay.io//a', 'image.malformed'],
])('image %s', (image, expected) => {
  expect(codes(imageReferenceFindings(image))).toBe(expected)
})

test.each([
  ['https://example.com/disk.qcow2', ''],
  ['http://10.0.0.1:8080/disk.img.xz', ''],
  ['', 'required'],
  ['disk.qcow2', 'url.malformed'],
  ['http:/example.com', 'url.malformed'],
  ['https://', 'url.malformed'],
  ['ftp://example.com/disk', 'url.scheme'],
  ['https://example.com/my disk', 'url.blank'],
  ['https://me:secret@example.com/disk', 'url.credentials'],
])('URL %s', (url, expected) => expect(codes(imageUrlFindings(url))).toBe(expected))

test.each([
  ['', ''],
  ['02:00:00:aa:BB:cc', ''],
  ['02-00-00-aa-bb-cc', ''],
  ['0200.00aa.bbcc', ''],
  ['02:00:00:aa:bb', 'mac.malformed'],
  ['02:00-00:aa:bb:cc', 'mac.malformed'],
  ['zz:00:00:aa:bb:cc', 'mac.malformed'],
  ['01:00:5e:00:00:01', 'mac.multicast'],
  ['02:00:00:00:00:00', 'mac.reserved'],
])('F-12 MAC address %s', (address, expected) => {
  expect(codes(macAddressFindings(address))).toBe(expected)
})

test('spellings of one MAC address are the same', () => {
  expect(isSameMacAddress('02:00:00:AA:bb:cc', '0200.00aa.bbcc')).toBe(true)
  expect(isSameMacAddress('', '')).toBe(false)
})

test.each([
  [`ssh-ed25519 ${keyOf('ssh-ed25519')} me@laptop`, ''],
  [`  ssh-rsa ${keyOf('ssh-rsa')}  `, ''],
  ['', 'required'],
  ['hello', 'sshKey.notAKey'],
  ['ssh-ed25519', 'sshKey.notAKey'],
  ['-----BEGIN OPENSSH PRIVATE KEY-----', 'sshKey.privateKey'],
  [`ssh-ed25519 ${keyOf('ssh-rsa')}`, 'sshKey.damaged'],
  ['ssh-ed25519 AAAA!', 'sshKey.damaged'],
])('F-11 SSH key %s', (line, expected) => expect(codes(sshKeyFindings(line))).toBe(expected))
