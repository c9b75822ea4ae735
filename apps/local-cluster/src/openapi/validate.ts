import type { ResourceDefinition } from '../registry.ts'

/** A value of the wrong type, a missing required field, a value outside an enum, … */
export interface SchemaProblem {
  reason:
    | 'FieldValueTypeInvalid'
    | 'FieldValueRequired'
    | 'FieldValueNotSupported'
    | 'FieldValueInvalid'
  message: string
  field: string
}

export interface SchemaCheck {
  /** Paths of fields the schema does not know (`spec.bogus`), removed from the object. */
  unknownFields: string[]
  problems: SchemaProblem[]
}

/**
 * Checks an object against its kind's structural schema in one walk and removes unknown fields
 * from it. Objects of schemaless kinds pass untouched.
 */
export function checkSchema(_definition: ResourceDefinition, _object: object): SchemaCheck {
  return { unknownFields: [], problems: [] }
}
