import { expect, test } from 'vitest'
import { yamlProblems } from './yaml-problems.ts'

test('good YAML has no problems', () => {
  expect(yamlProblems('kind: VirtualMachine\nspec: {}\n')).toEqual([])
  expect(yamlProblems('a: 1\n---\nb: 2\n')).toEqual([])
  expect(yamlProblems('')).toEqual([])
})

test('a problem names its line', () => {
  const [problem] = yamlProblems('kind: VirtualMachine\nspec: [1, 2\n')
  expect(problem).toMatchObject({ severity: 'error' })
  expect(problem?.start.line).toBeGreaterThanOrEqual(2)
})

test('a problem in the second document is found in its own line', () => {
  const [problem] = yamlProblems('a: 1\n---\nb: "open\n')
  expect(problem?.start.line).toBeGreaterThanOrEqual(3)
})

test('a key given twice is a problem', () => {
  expect(yamlProblems('a: 1\na: 2\n')[0]?.message).toMatch(/unique/)
})
