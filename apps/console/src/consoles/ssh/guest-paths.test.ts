import { expect, it } from 'vitest'
import { parentOf, pathIn } from './guest-paths.ts'

it('F-45 paths in a guest', () => {
  expect(pathIn('/', 'etc')).toBe('/etc')
  expect(pathIn('/home/jane', 'notes')).toBe('/home/jane/notes')
  expect(parentOf('/home/jane')).toBe('/home')
  expect(parentOf('/home/')).toBe('/')
  expect(parentOf('/')).toBe('/')
})
