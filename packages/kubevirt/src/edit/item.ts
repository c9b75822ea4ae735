import { isEqual } from './deep-equal.ts'
import { problemsOf, type Problem } from '../validation/problem.ts'
import type { VirtualMachine } from '../types.ts'
import type { z } from 'zod'

/** One thing of a VM's configuration that is edited by itself. */
export interface EditItem<Values extends object> {
  schema: z.ZodType
  /** The form's values of a VM; strings are as somebody would type them. */
  read: (virtualMachine: VirtualMachine) => Values
  /** Writes the values into a copy of the VM that is this function's to change. */
  write: (virtualMachine: VirtualMachine, values: Values) => void
  /** The form's field of a field that admission refuses; the first match counts. */
  places: readonly (readonly [RegExp, string])[]
}

export const editProblems = <Values extends object>(
  { schema }: EditItem<Values>,
  values: Values,
): Problem[] => problemsOf(schema, values)

/** The VM with the values; the given one stays as it is. */
export function withValues<Values extends object>(
  { write }: EditItem<Values>,
  virtualMachine: VirtualMachine,
  values: Values,
): VirtualMachine {
  const copy = structuredClone(virtualMachine)
  write(copy, values)
  return copy
}

/** Whether somebody else has changed what is being edited. */
export const isChangedElsewhere = <Values extends object>(
  { read }: EditItem<Values>,
  before: VirtualMachine,
  now: VirtualMachine,
): boolean => !isEqual(read(before), read(now))

export const placeOfRefusal = <Values extends object>(
  { places }: EditItem<Values>,
  field = '',
): string | undefined => places.find(([pattern]) => pattern.test(field))?.[1]
