import { describe, expect, test } from 'vitest'
import { readDocuments } from './documents.ts'

const VIRTUAL_MACHINE = `# A comment
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata:
  name: web
  annotations:
    vm.kubevirt.io/os: linux
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

/** Twenty times the alias before. */
const level = (name: string, of: string): string =>
  `${name}: &${name} [${Array.from({ length: 20 }, () => `*${of}`).join(', ')}]\n`

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
    ['apiVersion: v1\nkind: Pod\nmetadata: text\n', ['fieldMissing metadata.name']],
    ['kind: [\n', ['syntax']],
    ['kind: *missing\n', ['syntax']],
    [VIRTUAL_MACHINE, []],
    ['apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\n', []],
  ])('F-15 %j', (text, expected) => {
    const found = readDocuments(text).problems.map((problem) =>
      problem.code === 'fieldMissing' ? `${problem.code} ${problem.field}` : problem.code,
    )
    expect(found.slice(0, Math.max(1, expected.length))).toEqual(expected)
  })

  test('F-15 all of several documents at once, each with its line', () => {
    const { problems } = readDocuments('a: [1\n---\nkind: Pod\n---\nx\n')
    expect(new Set(problems.map(({ code }) => code))).toEqual(
      new Set(['syntax', 'fieldMissing', 'notAnObject']),
    )
    const { problems: second } = readDocuments(`${VIRTUAL_MACHINE}---\nkind: Pod\n`)
    expect(second).toMatchObject([
      { field: 'apiVersion', position: { line: 18, column: 1 } },
      { field: 'metadata.name', position: { line: 18, column: 1 } },
    ])
  })

  test('aliases that would fill the memory are a problem of the text', () => {
    const text = `a: &a [x]\n${level('b', 'a')}${level('c', 'b')}${level('d', 'c')}`
    expect(readDocuments(text).problems).toMatchObject([{ code: 'syntax' }])
  })
})

describe('as kubectl reads it', () => {
  test('a List is its items', () => {
    const { documents, problems } = readDocuments(`apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: {name: one}
  - apiVersion: v1
    kind: Pod
    metadata:
      name: two
  - kind: Pod
`)
    expect(documents.map(({ object }) => object.metadata?.name)).toEqual(['one', 'two'])
    expect(documents.map(({ position }) => position.line)).toEqual([4, 7])
    expect(documents[1]?.locate('metadata.name')).toEqual({ line: 10, column: 7 })
    expect(problems.map(({ code }) => code)).toEqual(['fieldMissing', 'fieldMissing'])
  })

  test('a file mode is octal, a MAC address is text, and << merges', () => {
    const { documents } = readDocuments(`apiVersion: v1
kind: Test
metadata: {name: a, labels: &labels {app: x}}
data: {mode: 0644, mac: 52:54:00:12:34:56, version: 1.10, answer: yes}
more: {<<: *labels, y: z}
`)
    expect(documents[0]?.object).toMatchObject({
      data: { mode: 420, mac: '52:54:00:12:34:56', version: 1.1, answer: 'yes' },
      more: { app: 'x', y: 'z' },
    })
  })
})

describe('where a field is', () => {
  const [document] = readDocuments(VIRTUAL_MACHINE).documents
  test.each([
    ['metadata.name', 5],
    ['.metadata.name', 5],
    ['metadata.annotations.vm.kubevirt.io/os', 7],
    ['metadata.annotations[vm.kubevirt.io/os]', 7],
    ['spec.template.spec.domain.devices.disks[1].bus', 16],
    ['spec.template.spec.domain.devices.disks[1].Bus', 16],
    ['spec.template.spec.domain.devices.disks[0]', 14],
    ['spec.template.spec.domain.devices.disks[7].bus', 13],
    ['spec.template.spec.domain.memory.guest', 11],
    ['status', 2],
  ])('%s is in line %i', (field, line) => {
    expect(document?.locate(field).line).toBe(line)
  })
})
