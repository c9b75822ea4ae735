import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { neededLibraries } from './shared-libraries.ts'

test.skipIf(process.platform !== 'linux')('reads which libraries a program needs', async () => {
  expect(neededLibraries(await readFile('/bin/sh'))).toContain('libc.so.6')
})
