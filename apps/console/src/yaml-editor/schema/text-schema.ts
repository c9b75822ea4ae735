import type { JSONSchema } from '../yaml-language.ts'
import { apiVersionOf, definitionsOf, kindsOf, type OpenApiDocument } from './openapi.ts'

/** What a document says it is; the kind may not be written yet. */
export interface NamedType {
  apiVersion: string
  kind: string
}

const valueOf = (document: string, key: string): string => {
  const line = new RegExp(`^${key}:[ \\t]*["']?([\\w./-]+)["']?[ \\t]*(?:#.*)?$`, 'm')
  return line.exec(document)?.[1] ?? ''
}

/** The types that a text of several documents names, each once. */
export function typesIn(text: string): NamedType[] {
  const found = new Map<string, NamedType>()
  for (const document of text.split(/^---.*$/m)) {
    const apiVersion = valueOf(document, 'apiVersion')
    const kind = valueOf(document, 'kind')
    if (apiVersion !== '') found.set(`${apiVersion} ${kind}`, { apiVersion, kind })
  }
  return [...found.values()]
}

/** Whether the cluster says what objects of the type look like. */
export const isKnown = (
  { apiVersion, kind }: NamedType,
  documents: readonly OpenApiDocument[],
): boolean =>
  documents.some((document) =>
    kindsOf(document).some(
      (known) => known.kind.kind === kind && apiVersionOf(known.kind) === apiVersion,
    ),
  )

interface TextSchemaOptions {
  /** What the text's documents are. */
  types: readonly NamedType[]
  /** What the cluster says of their group versions. */
  documents: readonly OpenApiDocument[]
  /** All group versions that the cluster serves, to choose from. */
  apiVersions: readonly string[]
}

/**
 * The schema of a text whose documents are of these types: apiVersion and kind decide which
 * definition holds for each. Only types that stand in the text take part, so that the editor
 * proposes no fields of others. What the cluster does not know is not marked here.
 */
export function textSchema({ types, documents, apiVersions }: TextSchemaOptions): JSONSchema {
  const known = documents.flatMap(kindsOf)
  const named = known.filter(({ kind }) =>
    types.some((type) => type.kind === kind.kind && type.apiVersion === apiVersionOf(kind)),
  )
  return {
    type: 'object',
    required: ['apiVersion', 'kind'],
    properties: {
      apiVersion: { type: 'string', examples: [...apiVersions] },
      kind: { type: 'string', examples: [...new Set(known.map(({ kind }) => kind.kind))] },
    },
    allOf: named.map(({ name, kind }) => ({
      if: {
        properties: { apiVersion: { const: apiVersionOf(kind) }, kind: { const: kind.kind } },
        required: ['apiVersion', 'kind'],
      },
      // oxlint-disable-next-line unicorn/no-thenable -- JSON schema's own word
      then: { $ref: `#/definitions/${name}` },
    })),
    definitions: Object.assign({}, ...documents.map(definitionsOf)) as Record<
      string,
      JSONSchema
    >,
  }
}
