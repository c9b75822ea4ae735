import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import type { ResourceDefinition } from '../registry.ts'
import type { RequestContext } from './request-context.ts'
import { apiVersionOf } from './resource-index.ts'

const SCHEME = 'pkg/api/legacyscheme/scheme.go:30'

/** Throws 400 or 422 when an object's kind or version is not the URL's; `text` is as it was sent. */
export function checkKind(
  context: RequestContext,
  object: KubernetesObject,
  text = JSON.stringify(object),
): void {
  const { definition, info } = context
  const expected = apiVersionOf(definition, info.version)
  if (definition.custom) checkCustomKind(definition, { object, text, expected, info })
  else checkBuiltInKind(context, object, expected)
}

function wrongVersion(found: string, expected: string): Error {
  return statusErrors.badRequest(
    `the API version in the data (${found}) does not match the expected API version (${expected})`,
  )
}

/** Custom resources are decoded without knowing their kind, which must be there. */
function checkCustomKind(
  definition: ResourceDefinition,
  sent: {
    object: KubernetesObject
    text: string
    expected: string
    info: { version: string }
  },
): void {
  const { object, text, expected, info } = sent
  const { kind } = definition
  if (!object.kind) {
    throw statusErrors.badRequest(
      `${kind} in version "${info.version}" cannot be handled as a ${kind}: Object 'Kind' is missing in '${text}'`,
    )
  }
  const found = object.apiVersion ?? ''
  if (found !== expected) throw wrongVersion(found, expected)
  if (object.kind === kind) return
  throw statusErrors.invalid(definition, object.metadata?.name ?? '', [
    {
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify(object.kind)}: must be ${kind}`,
      field: 'kind',
    },
  ])
}

/** Built-in kinds are decoded into a type of Go, which another kind cannot become. */
function checkBuiltInKind(
  { cluster, definition }: RequestContext,
  { kind, apiVersion }: KubernetesObject,
  expected: string,
): void {
  const foundKind = kind || definition.kind
  const found = apiVersion || expected
  if (foundKind === definition.kind && found === expected) return
  const known = cluster.resources.all.some(
    (other) =>
      !other.custom &&
      other.kind === foundKind &&
      other.versions.some((version) => apiVersionOf(other, version) === found),
  )
  if (known && foundKind === definition.kind) throw wrongVersion(found, expected)
  const version = found.split('/').at(-1) ?? ''
  const problem = known
    ? `converting (${version}.${foundKind}) to (${packageOf(definition)}.${definition.kind}): unknown conversion`
    : `no kind "${foundKind}" is registered for version "${found}" in scheme "${SCHEME}"`
  throw statusErrors.badRequest(
    `${foundKind} in version "${version}" cannot be handled as a ${definition.kind}: ${problem}`,
  )
}

/** The Go package of a kind's internal form. */
function packageOf({ group }: ResourceDefinition): string {
  if (group === '' || group === 'events.k8s.io') return 'core'
  return group.split('.')[0] ?? group
}

/** Throws 400 when an object says that it is of another namespace than the URL's. */
export function checkNamespace(
  definition: ResourceDefinition,
  namespace: string,
  object: KubernetesObject,
): void {
  const found = object.metadata?.namespace ?? ''
  if (!definition.namespaced || found === '' || found === namespace) return
  throw statusErrors.badRequest(
    'the namespace of the provided object does not match the namespace sent on the request',
  )
}
