import { expect, it } from 'vitest'
import type { Health } from './collection.ts'
import { FacetSource } from './facet-source.ts'
import { RowSource } from './row-source.ts'
import { RowTable } from './row-table.ts'

interface Guest {
  key: string
  namespace: string
  tags: string[]
}

class GuestSource extends RowSource<Guest> {
  readonly table = new RowTable<Guest>()

  become(health: Health): void {
    this.setHealth(health)
  }
}

const guest = (key: string, tags: string[], namespace = 'a'): Guest => ({
  key,
  namespace,
  tags,
})

it('counts the values of the rows that match, as these change', () => {
  const source = new GuestSource()
  source.table.set(guest('1', ['red', 'round']))
  source.table.set(guest('2', ['red']))
  source.table.set(guest('3', ['red'], 'b'))
  let isReleased = false
  const facets = new FacetSource<Guest>({
    source: { value: source, release: () => (isReleased = true), evict: () => undefined },
    matches: ({ namespace }) => namespace === 'a',
    valuesOf: ({ tags }) => tags,
  })
  const counts = () =>
    Object.fromEntries([...facets.table.rows()].map(({ key, count }) => [key, count]))
  expect(counts()).toEqual({ red: 2, round: 1 })

  source.table.set(guest('2', ['red', 'blue']))
  source.table.delete('1')
  source.table.set(guest('4', ['round'], 'b'))
  expect(counts()).toEqual({ red: 1, blue: 1 })

  expect(facets.health.state).toBe('starting')
  source.become({ state: 'live' })
  expect(facets.health.state).toBe('live')

  facets.dispose()
  expect(isReleased).toBe(true)
  source.table.set(guest('5', ['red']))
  expect(counts()).toEqual({ red: 1, blue: 1 })
})
