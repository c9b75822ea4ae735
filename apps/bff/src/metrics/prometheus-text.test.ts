import { expect, it } from 'vitest'
import { linesOf, parseSample } from './prometheus-text.ts'

it.each([
  ['up 1', { name: 'up', labels: {}, value: 1 }],
  ['up 1 1700000000000', { name: 'up', labels: {}, value: 1 }],
  [
    'a:b{x="1",y="two words"} 1.5e+09',
    { name: 'a:b', labels: { x: '1', y: 'two words' }, value: 1.5e9 },
  ],
  [
    String.raw`m{p="C:\\dir",q="say \"}\"\n"} -Inf`,
    { name: 'm', labels: { p: 'C:\\dir', q: 'say "}"\n' }, value: -Infinity },
  ],
  ['m{} +Inf', { name: 'm', labels: {}, value: Infinity }],
])('reads %s', (line, sample) => expect(parseSample(line)).toEqual(sample))

it.each(['', '# TYPE up gauge', '# HELP up 1', '{x="1"} 2', 'up'])(
  'reads nothing in "%s"',
  (line) => expect(parseSample(line)).toBeUndefined(),
)

it('says that a value is no number', () => {
  expect(parseSample('up NaN')?.value).toBeNaN()
})

it('looks at no labels of what is not wanted', () => {
  expect(parseSample('up{a="b"} 1', (name) => name === 'down')).toBeUndefined()
})

it('joins lines that come in pieces', async () => {
  async function* chunks() {
    yield 'one\ntw'
    yield 'o\n\nthr'
    yield 'ee'
  }
  const lines: string[] = []
  for await (const line of linesOf(chunks())) lines.push(line)
  expect(lines).toEqual(['one', 'two', '', 'three'])
})
