import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseSync } from 'vite'

const SOURCES = join(import.meta.dirname, '..')

/** Attributes whose value a user sees or hears. */
const SPOKEN = /^(title|titleText|label|placeholder|alt|aria-label|text|subtitle|description)$/
const HAS_WORDS = /\p{L}{2,}/u
/** Examples of URLs, keys and image names are the same in every language. */
const IS_MACHINE_TEXT = /[/@#]/

interface Node {
  type: string
  start: number
  [key: string]: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value

function* walk(node: Node): Generator<Node> {
  yield node
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) yield* walk(child)
    }
  }
}

/** The words of a node that should have come through `t()`. */
function hardCoded(node: Node): string | undefined {
  if (node.type === 'JSXText') {
    const text = String(node['value']).trim()
    return HAS_WORDS.test(text) ? text : undefined
  }
  if (node.type !== 'JSXAttribute') return undefined
  const { name, value } = node as unknown as { name: Node; value: Node | null }
  if (value?.type !== 'Literal' || !SPOKEN.test(String(name['name']))) return undefined
  const text = String(value['value'])
  if (name['name'] === 'placeholder' && IS_MACHINE_TEXT.test(text)) return undefined
  return HAS_WORDS.test(text) ? text : undefined
}

test('no visible text is hard-coded', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  const found = files
    .filter((file) => file.endsWith('.tsx') && !file.includes('.test.'))
    .flatMap((file) => {
      const { program } = parseSync(file, readFileSync(join(SOURCES, file), 'utf8'))
      const texts = [...walk(program as unknown as Node)].flatMap(
        (node) => hardCoded(node) ?? [],
      )
      return texts.map((text) => `${file}: ${text}`)
    })
  expect(found).toEqual([])
})
