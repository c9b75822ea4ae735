import { statusErrors } from '@virtdeck/kubernetes'
import { schemaError, strictDecodingError } from '../openapi/refusals.ts'
import { checkSchema } from '../openapi/validate.ts'
import type { AdmissionRequest, ResourceDefinition } from '../registry.ts'
import { metadataCauses } from './metadata-rules.ts'
import type { WriteOptions } from './write-options.ts'

export interface AdmissionInput {
  definition: ResourceDefinition
  request: AdmissionRequest
  guard?: ((definition: ResourceDefinition, request: AdmissionRequest) => void) | undefined
  options: WriteOptions
  /**
   * Notes who owns which fields. Custom resources are filled in by webhooks, whose changes are
   * nobody's; the defaults of built-in kinds belong to the writer.
   */
  track: () => void
}

/** Checks the schema, fills in defaults, checks the metadata and asks the kind's own rules. */
export function runAdmission(input: AdmissionInput): void {
  const { definition, request, guard, options, track } = input
  const { object, subresource } = request
  const { fieldValidation, version, warn } = options
  const refused = { definition, version, name: object.metadata?.name ?? '' }
  const { unknownFields, problems } = checkSchema(definition, object)
  // Custom resources are pruned, and what was pruned is sorted; Go tells as it reads.
  if (definition.custom) unknownFields.sort()
  // What Go cannot decode at all comes before what its strict decoder finds besides.
  if (!definition.custom && problems.some(({ kind }) => kind !== 'enum')) {
    throw schemaError(refused, problems)
  }
  const findings = [
    ...(options.duplicateFields ?? []).map((field) => `duplicate field "${field}"`),
    ...unknownFields.map((field) => `unknown field "${field}"`),
  ]
  if (findings.length > 0) {
    const lenient = definition.lenientVersions?.includes(version)
    if (fieldValidation === 'Strict' && !lenient) {
      throw options.strictRefusal?.(findings) ?? strictDecodingError(refused, findings)
    }
    if (fieldValidation !== 'Ignore') findings.forEach((finding) => warn(finding))
  }
  if (problems.length > 0) throw schemaError(refused, problems)
  if (definition.custom) track()
  definition.prepare?.(request)
  if (!definition.custom) track()
  guard?.(definition, request)
  const causes = metadataCauses(definition, object.metadata ?? {})
  if (causes.length > 0) {
    throw statusErrors.invalid(definition, object.metadata?.name ?? '', causes)
  }
  if (subresource !== 'status') definition.admit?.(request)
}
