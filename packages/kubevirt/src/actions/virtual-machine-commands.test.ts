import { expect, test } from 'vitest'
import { commandOf, metadataChanges, metadataCommand } from './virtual-machine-commands.ts'

const TARGET = { namespace: 'shop', name: 'web-1' }

test('F-34 each action has the command that does the same', () => {
  expect(commandOf('forceStop', TARGET)).toBe(
    'virtctl stop web-1 --force --grace-period=0 --namespace=shop',
  )
  expect(commandOf('pause', TARGET)).toBe('virtctl pause vm web-1 --namespace=shop')
  expect(commandOf('copySshCommand', TARGET)).toBe('virtctl ssh vm/web-1 --namespace=shop')
  expect(commandOf('editLabels', TARGET)).toBeUndefined()
})

test('F-38 only what changed is sent, and what was taken away as null', () => {
  const before = { app: 'shop', tier: 'web', old: '' }
  expect(metadataChanges(before, { app: 'shop', tier: 'db', fresh: '' })).toEqual({
    old: null,
    tier: 'db',
    fresh: '',
  })
})

test('F-38 the command quotes what a shell would read differently', () => {
  const changes = { old: null, tier: 'db', note: "it's $HOME" }
  expect(metadataCommand('annotations', changes, TARGET)).toBe(
    String.raw`kubectl annotate virtualmachine web-1 --namespace=shop --overwrite old- tier=db 'note=it'\''s $HOME'`,
  )
})
