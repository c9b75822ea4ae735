import { expect, test } from 'vitest'
import { disksAgainstLiveMigration, type StorageFacts } from './live-migration.ts'
import { newDisk, rootDisk, type DiskValues } from './storage-values.ts'

const facts: StorageFacts = {
  defaultClass: 'local',
  profileModes: new Map([
    ['local', ['ReadWriteOnce']],
    ['shared', ['ReadWriteMany', 'ReadWriteOnce']],
  ]),
  claimModes: new Map([
    ['mine', ['ReadWriteOnce']],
    ['ours', ['ReadWriteMany']],
  ]),
}

const blank = newDisk([], { source: 'blank', bus: 'virtio' })
const claim = newDisk([], { source: 'claim', bus: 'virtio' })

test.each<[why: string, disk: DiskValues, isAgainst: boolean]>([
  ['the default class reaches one node', blank, true],
  ['the chosen class reaches several', { ...blank, storageClass: 'shared' }, false],
  [
    'the chosen mode counts more than the class',
    { ...blank, storageClass: 'shared', accessMode: 'ReadWriteOnce' },
    true,
  ],
  ['the chosen mode reaches several', { ...blank, accessMode: 'ReadWriteMany' }, false],
  ['nothing is known of the class', { ...blank, storageClass: 'other' }, false],
  ['a claim of one node', { ...claim, claim: 'mine' }, true],
  ['a claim of several', { ...claim, claim: 'ours' }, false],
  ['a claim that may not be read', { ...claim, claim: 'hidden' }, false],
  ['a container image is on every node', rootDisk('image', 'virtio'), false],
  ['scratch space moves along', { ...blank, source: 'empty' }, false],
])('F-17 %s', (_why, disk, isAgainst) => {
  expect(disksAgainstLiveMigration([disk], facts)).toEqual(isAgainst ? [disk.name] : [])
})
