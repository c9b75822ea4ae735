import { describe, expect, test } from 'vitest'
import { readDocuments } from './documents.ts'

const VIRTUAL_MACHINE = `# A comment
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata:
  name: web
spec:
  template:
    spec:
      domain:
        devices:
          disks:
            - name: one
            - name: two
              bus: ide
`

describe('what is wrong with a text', () => {
  test.each([
    ['', ['empty']],
    ['# nothing but a comment\n', ['empty']],
    ['---\n---\n', ['empty']],
    ['hello', ['notAnObject']],
    ['- 1\n- 2\n', ['notAnObject']],
    ['a: 1\n', ['notAnObject']],
    ['kind: Pod\n', ['fieldMissing apiVersion', 'fieldMissing metadata.name']],
    ['apiVersion: v1\nkind: Pod\nmetadata: {name: 1}\n', ['fieldMissing metadata.name']],
    ['apiVersion: v1\nkind: PodList\nitems: []\n', ['list']],
    ['kind: [\n', ['syntax']],
    [`${VIRTUAL_MACHINE}---\n${VIRTUAL_MACHINE}`, ['duplicate']],
    [VIRTUAL_MACHINE, []],
    ['apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\n', []],
  ])('%j', (text, expected) => {
    const found = readDocuments(text).problems.map((problem) =>
      problem.code === 'fieldMissing' ? `${problem.code} ${problem.field}` : problem.code,
    )
    expect(found.slice(0, Math.max(1, expected.length))).toEqual(expected)
  })

  test('all of several documents at once, each with its line', () => {
    const { problems } = readDocuments(`a: [1\n---\nkind: Pod\n---\nx\n`)
    expect(problems.length).toBeGreaterThan(1)
    const { problems: second } = readDocuments(`${VIRTUAL_MACHINE}---\nkind: Pod\n`)
    expect(second).toMatchObject([
      { field: 'apiVersion', position: { line: 16, column: 1 } },
      { field: 'metadata.name', position: { line: 16, column: 1 } },
    ])
  })
})

describe('where a field is', () => {
  const [document] = readDocuments(VIRTUAL_MACHINE).documents
  test.each([
    ['metadata.name', 5],
    ['spec.template.spec.domain.devices.disks[1].bus', 14],
    ['spec.template.spec.domain.devices.disks[0]', 12],
    ['spec.template.spec.domain.memory.guest', 9],
    ['status', 2],
  ])('%s is in line %i', (field, line) => {
    expect(document?.locate(field).line).toBe(line)
  })
})
