import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { checked, finding, problemsOf } from './problem.ts'

// A browser whose page forbids eval has no code made for each schema.
beforeAll(() => z.config({ jitless: true }))
afterAll(() => z.config({ jitless: false }))

test('each of several problems of one field is at that field, in a browser too', () => {
  const name = checked((value) => [
    ...finding(/[A-Z]/.test(value), 'upperCase'),
    ...finding(/\s/.test(value), 'blank'),
  ])
  const schema = z.object({ disks: z.array(z.object({ name })) })
  expect(problemsOf(schema, { disks: [{ name: 'Root disk' }] })).toEqual([
    { code: 'upperCase', path: 'disks.0.name' },
    { code: 'blank', path: 'disks.0.name' },
  ])
})
