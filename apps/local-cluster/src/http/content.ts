import { statusErrors } from '@virtdeck/kubernetes'

/** In which form objects are wanted. */
export interface Representation {
  form: 'object' | 'table' | 'partial'
  /** Version of meta.k8s.io for tables and partial objects. */
  version: 'v1' | 'v1beta1'
  yaml: boolean
}

interface MediaRange {
  type: string
  parameters: Map<string, string>
}

/** The media ranges of an Accept header, in their order. */
export function mediaRanges(accept: string | undefined): MediaRange[] {
  if (accept === undefined || accept.trim() === '')
    return [{ type: '*/*', parameters: new Map() }]
  return accept.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((text) => text.trim())
    return {
      type: type.toLowerCase(),
      parameters: new Map(
        parameters.map((text): [string, string] => {
          const [name = '', value = ''] = text.split('=')
          return [name.trim(), value.trim()]
        }),
      ),
    }
  })
}

const JSON_RANGES = new Set(['application/json', 'application/*', '*/*'])
const YAML = 'application/yaml'

/** Picks the first acceptable representation; throws 406 when there is none. */
export function representationOf(accept: string | undefined): Representation {
  for (const { type, parameters } of mediaRanges(accept)) {
    const yaml = type === YAML
    if (!yaml && !JSON_RANGES.has(type)) continue
    const as = parameters.get('as')
    if (as === undefined) return { form: 'object', version: 'v1', yaml }
    const version = parameters.get('v')
    if (parameters.get('g') !== 'meta.k8s.io' || (version !== 'v1' && version !== 'v1beta1')) {
      continue
    }
    if (as === 'Table') return { form: 'table', version, yaml }
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') {
      return { form: 'partial', version, yaml }
    }
  }
  throw statusErrors.other(
    406,
    'NotAcceptable',
    'only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  )
}

/** JSON as the representation wants it. */
export async function encoded(
  { yaml }: Representation,
  json: string,
): Promise<{ contentType: string; body: string }> {
  if (!yaml) return { contentType: 'application/json', body: json }
  const { stringify } = await import('yaml')
  return { contentType: YAML, body: stringify(JSON.parse(json), { lineWidth: 0 }) }
}
