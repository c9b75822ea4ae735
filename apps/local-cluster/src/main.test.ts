import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let directory: string
const children: ChildProcess[] = []

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'virtdeck-main-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(directory, { recursive: true, force: true })
})

interface Run {
  child: ChildProcess
  /** Resolves with what was printed once it says that it is ready. */
  ready: Promise<string>
  ended: Promise<{ code: number | null; errors: string }>
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts'), ...args])
  children.push(child)
  let output = ''
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const ready = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('ready')) resolve(output)
    })
  })
  const ended = new Promise<{ code: number | null; errors: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, errors }))
  })
  return { child, ready, ended }
}

test('says when it is ready, writes kubeconfigs, and closes with a watch open', async () => {
  const { child, ready, ended } = run('--data-dir', directory, '--port', '0')
  const [url] = /https:\S+/.exec(await ready) ?? []
  const kubeconfig = path.join(directory, 'kubeconfig')
  expect(readFileSync(kubeconfig, 'utf8')).toContain(url)
  expect(statSync(kubeconfig).mode & 0o777).toBe(0o600)
  expect(readFileSync(path.join(directory, 'kubeconfig-developer'), 'utf8')).toContain(
    'namespace: development',
  )
  for (const name of ['controllers', 'node01', 'node02']) {
    expect(statSync(path.join(directory, 'components', `${name}.kubeconfig`)).isFile()).toBe(
      true,
    )
  }
  const { admin } = JSON.parse(readFileSync(path.join(directory, 'tokens.json'), 'utf8'))
  await new Promise<void>((resolve, reject) => {
    const options = {
      ca: readFileSync(path.join(directory, 'pki/ca.crt')),
      headers: { authorization: `Bearer ${admin}` },
    }
    const watch = get(`${url}/api/v1/namespaces?watch=1`, options, (response) => {
      response.on('error', () => {})
      response.once('data', () => resolve())
    })
    watch.on('error', reject)
  })
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
})

test('a port in use is named in one sentence', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const { ended } = run('--data-dir', directory, '--port', String(port))
  const { code, errors } = await ended
  other.close()
  expect({ code, errors }).toEqual({
    code: 1,
    errors: `Port ${port} is in use by another program.\n`,
  })
})

test.each([
  [['--port', '1'], '--data-dir is missing\n'],
  [['--data-dir', 'x', '--port', 'web'], '--port web is not a port\n'],
])('refuses %j', async (args, message) => {
  const { code, errors } = await run(...args).ended
  expect({ code, errors }).toEqual({ code: 2, errors: message })
})

test('a data directory that is a file is refused', async () => {
  const file = path.join(directory, 'file')
  writeFileSync(file, '')
  const { errors } = await run('--data-dir', file, '--port', '0').ended
  expect(errors).toBe(`${file} is not a directory.\n`)
})
