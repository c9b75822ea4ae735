import { expect, test } from 'vitest'
import { textOfFiles } from './chosen-files.ts'

const file = (name: string, content: BlobPart) => new File([content], name)

test('F-15 several files are one text of several documents', async () => {
  const files = [file('a.yaml', 'a: 1'), file('b.yaml', 'b: 2\r\nc: ä\r\n')]
  expect(await textOfFiles(files)).toEqual({ text: 'a: 1\n---\nb: 2\nc: ä\n' })
})

test.each([
  ['bytes that are no text', Uint8Array.of(0x89, 0x50, 0xff)],
  ['zeros', '\0\0'],
])('%s are refused', async (_, content) => {
  expect(await textOfFiles([file('disk.img', content)])).toEqual({
    problem: 'notText',
    name: 'disk.img',
  })
})

test('a disk image is refused before it is read', async () => {
  const huge = { name: 'huge.img', size: 1e10 } as File
  expect(await textOfFiles([file('a.yaml', ''), huge])).toEqual({
    problem: 'tooLarge',
    name: 'huge.img',
  })
})
