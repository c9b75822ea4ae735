import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { rangeOf } from './keys.ts'
import { ObjectStore } from './object-store.ts'

/** Runs the writer until it has acknowledged `count` writes, then kills it; answers those writes. */
function writeAndKill(
  directory: string,
  round: number,
  count: number,
): Promise<Map<string, number>> {
  const script = fileURLToPath(new URL('./kill-writer.ts', import.meta.url))
  const child = spawn(process.execPath, [script, directory, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  let lines = 0
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString()
    lines = text.split('\n').length - 1
    if (lines >= count) child.kill('SIGKILL')
  })
  return new Promise((resolve) => {
    child.once('close', () => {
      const whole = text.slice(0, text.lastIndexOf('\n')).split('\n')
      resolve(
        new Map(
          whole.map((line): [string, number] => {
            const [name = '', version] = line.split(' ')
            return [name, Number(version)]
          }),
        ),
      )
    })
  })
}

test('kill -9 loses no acknowledged write and leaves no torn object', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'virtdeck-kill-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const acknowledged = new Map<string, number>()
  for (let round = 0; round < 4; round += 1) {
    // Each round dies at another moment.
    const written = await writeAndKill(directory, round, 1 + round * 700)
    for (const [name, version] of written) acknowledged.set(name, version)
    const store = new ObjectStore({ directory })
    const found = new Map<string, number>()
    for (const { json } of store.range(rangeOf('configmaps')).entries) {
      const object = JSON.parse(json) as { name: string; version: number; end: string }
      expect(object.end).toBe(object.name)
      found.set(object.name, object.version)
    }
    const lost = [...acknowledged].filter(([name, version]) => found.get(name) !== version)
    expect(lost).toEqual([])
    expect(store.version).toBe(Math.max(...found.values()))
    await store.close()
  }
  expect(acknowledged.size).toBeGreaterThan(1000)
}, 60_000)
