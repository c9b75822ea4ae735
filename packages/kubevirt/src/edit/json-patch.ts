import { shellWord } from '../commands/shell-word.ts'
import type { VirtualMachine } from '../types.ts'
import { isEqual } from './deep-equal.ts'

export interface PatchOperation {
  op: 'add' | 'remove' | 'replace' | 'test'
  path: string
  value?: unknown
}

/**
 * The JSON patch from one state of a VM to another. It begins with a test of the version that was
 * edited, so nothing that somebody else wrote meanwhile is overwritten; nothing if nothing differs.
 */
export function patchOf(before: VirtualMachine, after: VirtualMachine): PatchOperation[] {
  const operations = differences('', before, after)
  if (operations.length === 0) return []
  const value = before.metadata?.resourceVersion
  return [{ op: 'test', path: '/metadata/resourceVersion', value }, ...operations]
}

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const pointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

/** Objects are walked through; lists and everything else are written as wholes. */
function differences(at: string, before: object, after: object): PatchOperation[] {
  const [old, now] = [before as Json, after as Json]
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((key) => {
    const path = `${at}/${pointer(key)}`
    const [from, to] = [old[key], now[key]]
    if (isEqual(from, to)) return []
    if (to === undefined) return [{ op: 'remove', path }]
    if (from === undefined) return [{ op: 'add', path, value: to }]
    if (isObject(from) && isObject(to)) return differences(path, from, to)
    return [{ op: 'replace', path, value: to }]
  })
}

/** The same by kubectl. Without the test: a version that is read off a page is soon an old one. */
export function patchCommand(
  operations: readonly PatchOperation[],
  { namespace, name }: { namespace: string; name: string },
): string {
  const patch = JSON.stringify(operations.filter(({ op }) => op !== 'test'))
  const options = `--namespace=${namespace} --type=json --patch=${shellWord(patch)}`
  return `kubectl patch virtualmachine ${name} ${options}`
}
