import type { VirtualMachine } from '../types.ts'
import { isVirtualMachine, type Template } from './template.ts'

/**
 * A change of one row of a list of devices. As a change, not as the new list: it can be made
 * again to a template that somebody else has changed meanwhile.
 */
export type DeviceEdit<Row> =
  | { kind: 'add'; row: Row }
  | { kind: 'change'; before: Row; row: Row }
  | { kind: 'remove'; name: string }

/** The device to change is not in the template any more, or its name is taken. */
export class DeviceEditError extends Error {
  readonly code: 'gone' | 'nameTaken'
  readonly device: string

  constructor(code: 'gone' | 'nameTaken', device: string) {
    super(`${device}: ${code}`)
    this.code = code
    this.device = device
  }
}

/** Throws where an edit does not go with the devices that are there. */
export function checkEdit<Row extends { name: string }>(
  edit: DeviceEdit<Row>,
  names: readonly string[],
): void {
  const old =
    edit.kind === 'change' ? edit.before.name : edit.kind === 'remove' ? edit.name : undefined
  if (old !== undefined && !names.includes(old)) throw new DeviceEditError('gone', old)
  if (edit.kind === 'remove') return
  const { name } = edit.row
  if (name !== old && names.includes(name)) throw new DeviceEditError('nameTaken', name)
}

/** A template with its VM changed; everything else in it stays. */
export function withVirtualMachine(
  template: Template,
  change: (virtualMachine: VirtualMachine) => VirtualMachine,
): Template {
  const objects = template.objects?.map((object) =>
    isVirtualMachine(object) ? change(object) : object,
  )
  return { ...template, ...(objects && { objects }) }
}

/** Replaces, adds or removes one of a list of named things. */
export function editNamed<Item extends { name: string }>(
  items: readonly Item[] | undefined,
  { old, item }: { old: string | undefined; item: Item | undefined },
): Item[] {
  const list = items ?? []
  if (old === undefined) return item ? [...list, item] : [...list]
  return list.flatMap((each) => (each.name === old ? (item ? [item] : []) : [each]))
}
