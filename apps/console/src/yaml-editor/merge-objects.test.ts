import { expect, test } from 'vitest'
import { mergeObjects, type MergeSide } from './merge-objects.ts'

interface Case {
  base: unknown
  mine: unknown
  theirs: unknown
  merged: unknown
  conflicts?: string[]
  choices?: [string, MergeSide][]
}

const disk = (name: string, bus: string) => ({ name, disk: { bus } })

test.each<[string, Case]>([
  [
    'changes in different places are both kept',
    {
      base: { spec: { a: 1, b: 1 } },
      mine: { spec: { a: 2, b: 1 } },
      theirs: { spec: { a: 1, b: 3 } },
      merged: { spec: { a: 2, b: 3 } },
    },
  ],
  [
    'the same change twice is one',
    { base: { a: 1 }, mine: { a: 2 }, theirs: { a: 2 }, merged: { a: 2 } },
  ],
  [
    'what one side took away is gone, what one side added is there',
    {
      base: { a: 1, b: 1 },
      mine: { b: 1, c: 1 },
      theirs: { a: 1, b: 1, d: 1 },
      merged: { b: 1, c: 1, d: 1 },
    },
  ],
  [
    'two changes of one place are a conflict: mine until it is decided',
    { base: { a: 1 }, mine: { a: 2 }, theirs: { a: 3 }, merged: { a: 2 }, conflicts: ['a'] },
  ],
  [
    'a decided conflict',
    {
      base: { a: { b: 1 } },
      mine: { a: { b: 2 } },
      theirs: { a: { b: 3 } },
      choices: [['a.b', 'theirs']],
      merged: { a: { b: 3 } },
      conflicts: ['a.b'],
    },
  ],
  [
    'deleted here, changed there',
    {
      base: { a: { b: 1 } },
      mine: {},
      theirs: { a: { b: 2 } },
      choices: [['a', 'theirs']],
      merged: { a: { b: 2 } },
      conflicts: ['a'],
    },
  ],
  [
    'lists of named things are merged by name',
    {
      base: { disks: [disk('root', 'virtio')] },
      mine: { disks: [disk('root', 'sata'), disk('mine', 'virtio')] },
      theirs: { disks: [disk('root', 'virtio'), disk('theirs', 'scsi')] },
      merged: { disks: [disk('root', 'sata'), disk('mine', 'virtio'), disk('theirs', 'scsi')] },
    },
  ],
  [
    'a named thing that both changed is named',
    {
      base: { disks: [disk('root', 'virtio')] },
      mine: { disks: [disk('root', 'sata')] },
      theirs: { disks: [disk('root', 'scsi')] },
      merged: { disks: [disk('root', 'sata')] },
      conflicts: ['disks[root].disk.bus'],
    },
  ],
  [
    'other lists are one value',
    {
      base: { keys: ['a'] },
      mine: { keys: ['a', 'b'] },
      theirs: { keys: ['a', 'c'] },
      merged: { keys: ['a', 'b'] },
      conflicts: ['keys'],
    },
  ],
  [
    'an order changed there is kept beside a change here',
    {
      base: { disks: [disk('a', 'virtio'), disk('b', 'virtio')] },
      mine: { disks: [disk('a', 'sata'), disk('b', 'virtio'), disk('mine', 'virtio')] },
      theirs: { disks: [disk('b', 'virtio'), disk('a', 'virtio')] },
      merged: { disks: [disk('b', 'virtio'), disk('a', 'sata'), disk('mine', 'virtio')] },
    },
  ],
  [
    'an order changed here is kept beside a change there',
    {
      base: { disks: [disk('a', 'virtio'), disk('b', 'virtio')] },
      mine: { disks: [disk('b', 'virtio'), disk('a', 'virtio')] },
      theirs: { disks: [disk('a', 'sata'), disk('b', 'virtio')] },
      merged: { disks: [disk('b', 'virtio'), disk('a', 'sata')] },
    },
  ],
  [
    'what was put first there stays first',
    {
      base: { disks: [disk('a', 'virtio')] },
      mine: { disks: [disk('a', 'sata')] },
      theirs: { disks: [disk('first', 'virtio'), disk('a', 'virtio')] },
      merged: { disks: [disk('first', 'virtio'), disk('a', 'sata')] },
    },
  ],
  [
    'two new orders are a conflict',
    {
      base: { disks: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] },
      mine: { disks: [{ name: 'b' }, { name: 'a' }, { name: 'c' }] },
      theirs: { disks: [{ name: 'a' }, { name: 'c' }, { name: 'b' }] },
      choices: [['disks', 'theirs']],
      merged: { disks: [{ name: 'a' }, { name: 'c' }, { name: 'b' }] },
      conflicts: ['disks'],
    },
  ],
  [
    'both added the same list',
    {
      base: {},
      mine: { disks: [disk('a', 'virtio')] },
      theirs: { disks: [disk('b', 'virtio')] },
      merged: { disks: [disk('a', 'virtio'), disk('b', 'virtio')] },
    },
  ],
])('F-30 %s', (_title, { base, mine, theirs, merged, conflicts = [], choices = [] }) => {
  const result = mergeObjects({ base, mine, theirs }, new Map(choices))
  expect(result.value).toEqual(merged)
  expect(result.conflicts.map(({ path }) => path)).toEqual(conflicts)
})

test('F-30 what was taken over is told', () => {
  const { taken } = mergeObjects({
    base: { metadata: { labels: { a: '1' } }, spec: { runStrategy: 'Halted' } },
    mine: { metadata: { labels: { a: '2' } }, spec: { runStrategy: 'Halted' } },
    theirs: { metadata: { labels: { a: '1', b: '1' } }, spec: { runStrategy: 'Always' } },
  })
  expect(taken).toEqual(['metadata.labels.b', 'spec.runStrategy'])
})
