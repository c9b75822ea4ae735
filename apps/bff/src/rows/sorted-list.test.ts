import { describe, expect, it } from 'vitest'
import { SortedList } from './sorted-list.ts'

const numbers = (a: number, b: number) => a - b

const byId = (a: { id: number }, b: { id: number }) => a.id - b.id

/** The same numbers in the same order in every run. */
function shuffled(count: number): number[] {
  return Array.from({ length: count }, (_, index) => (index * 7919) % count)
}

describe('SortedList', () => {
  it('knows positions across chunks', () => {
    const list = new SortedList<number>([], numbers)
    const plain: number[] = []
    for (const item of shuffled(5_000)) {
      const position = list.insert(item)
      plain.splice(
        plain.findIndex((other) => other > item) < 0
          ? plain.length
          : plain.findIndex((other) => other > item),
        0,
        item,
      )
      expect(plain[position]).toBe(item)
    }
    expect(list.size).toBe(5_000)
    expect(list.slice(1_020, 10)).toEqual(plain.slice(1_020, 1_030))
    expect(list.slice(4_995, 10)).toEqual([4_995, 4_996, 4_997, 4_998, 4_999])
    expect(list.slice(6_000, 10)).toEqual([])
  })

  it('says where a removed item was, and -1 for one that was not there', () => {
    const list = new SortedList(shuffled(3_000), numbers)
    expect(list.remove(2_000)).toBe(2_000)
    expect(list.remove(2_000)).toBe(-1)
    expect(list.remove(2_001)).toBe(2_000)
    expect(list.slice(1_999, 2)).toEqual([1_999, 2_002])
    for (const item of shuffled(3_000)) list.remove(item)
    expect(list.size).toBe(0)
    expect(list.insert(5)).toBe(0)
  })

  it('replaces in place', () => {
    const list = new SortedList([{ id: 1 }, { id: 2 }], byId)
    const next = { id: 2, text: 'new' }
    expect(list.replace({ id: 2 }, next)).toBe(1)
    expect(list.slice(1, 1)[0]).toBe(next)
    expect(list.replace({ id: 3 }, next)).toBe(-1)
  })
})
