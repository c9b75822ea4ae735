import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isLoopback, readConfig, StartError } from './config.ts'

describe('readConfig', () => {
  it('needs nothing', () => {
    expect(readConfig([])).toEqual({
      host: '127.0.0.1',
      port: 9000,
      consoles: { perUser: 50, total: 2000, idleMinutes: 0 },
      trustedOrigins: [],
      logLevel: 'info',
    })
  })

  it('reads everything', () => {
    const config = readConfig(
      '--kubeconfig k --context c --port 0 --host 0.0.0.0 --static-dir d --trusted-origin https://a.example/x --trusted-origin http://b:81'.split(
        ' ',
      ),
    )
    expect(config).toMatchObject({
      kubeconfig: 'k',
      context: 'c',
      port: 0,
      staticDirectory: resolve('d'),
      trustedOrigins: ['https://a.example', 'http://b:81'],
    })
  })

  it.each([
    ['--port', '70000'],
    ['--port', 'nine'],
    ['--trusted-origin', 'a.example'],
    ['--max-consoles', '0'],
    ['--console-idle-minutes', '-1'],
    ['--unknown', 'x'],
  ])('names the bad option: %s %s', (option, value) => {
    expect(() => readConfig([option, value])).toThrow(StartError)
    expect(() => readConfig([option, value])).toThrow(option)
  })
})

it.each([
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['localhost', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['127.0.0.1.evil.example', false],
  ['localhost.evil.example', false],
])('isLoopback(%s) is %s', (host, expected) => expect(isLoopback(host)).toBe(expected))
