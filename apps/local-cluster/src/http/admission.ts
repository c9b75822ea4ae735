import { statusErrors } from '@virtdeck/kubernetes'
import { schemaError, strictDecodingError } from '../openapi/refusals.ts'
import { checkSchema } from '../openapi/validate.ts'
import type { AdmissionRequest, ResourceDefinition } from '../registry.ts'
import { metadataCauses } from './metadata-rules.ts'
import type { WriteOptions } from './write-options.ts'

export interface AdmissionInput {
  definition: ResourceDefinition
  request: AdmissionRequest
  options: WriteOptions
}

/** Checks the schema, fills in defaults, checks the metadata and asks the kind's own rules. */
export function runAdmission({ definition, request, options }: AdmissionInput): void {
  const { object, subresource } = request
  const { fieldValidation, version, warn } = options
  const refused = { definition, version, name: object.metadata?.name ?? '' }
  const { unknownFields, problems } = checkSchema(definition, object)
  if (unknownFields.length > 0) {
    if (fieldValidation === 'Strict') throw strictDecodingError(refused, unknownFields)
    if (fieldValidation === 'Warn') {
      for (const field of unknownFields) warn(`unknown field "${field}"`)
    }
  }
  if (problems.length > 0) throw schemaError(refused, problems)
  definition.prepare?.(request)
  const causes = metadataCauses(definition, object.metadata ?? {})
  if (causes.length > 0) {
    throw statusErrors.invalid(definition, object.metadata?.name ?? '', causes)
  }
  if (subresource !== 'status') definition.admit?.(request)
}
