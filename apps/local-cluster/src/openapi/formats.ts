import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { JsonSchema } from './json-schema.ts'

/**
 * How wide numbers are and which strings are bytes. Declarations cannot say it; the models of the
 * Kubernetes client, generated from the same OpenAPI, can. They are read as text: loading them would
 * cost seconds.
 */
const MODELS = join(
  dirname(fileURLToPath(import.meta.resolve('@kubernetes/client-node'))),
  'gen/models',
)

interface Attribute {
  baseName: string
  format: string
}

export function addFormats(component: string, schema: JsonSchema): void {
  for (const { baseName, format } of attributesOf(component)) {
    const property = schema.properties?.[baseName]
    if (property) addFormat(property, format)
  }
}

function addFormat(schema: JsonSchema, format: string): void {
  const scalar =
    typeof schema.additionalProperties === 'object'
      ? schema.additionalProperties
      : (schema.items ?? schema)
  if (scalar.type === 'integer') {
    if (format === 'double') scalar.type = 'number'
    if (format === 'int32' || format === 'int64' || format === 'double') scalar.format = format
  } else if (scalar.type === 'string' && format === 'byte') scalar.format = 'byte'
}

/** `io.k8s.api.core.v1.Event` is the model `CoreV1Event`, most others are plain `V1Pod`. */
function attributesOf(component: string): Attribute[] {
  const [, group = '', version = '', kind = ''] =
    /^io\.k8s\.(?:.*\.)?(\w+)\.(v\d\w*)\.(\w+)$/.exec(component) ?? []
  const plain = `${capital(version)}${kind}`
  for (const model of [`${capital(group)}${plain}`, plain]) {
    const file = join(MODELS, `${model}.js`)
    if (!existsSync(file)) continue
    const text = readFileSync(file, 'utf8')
    const start = text.indexOf('attributeTypeMap = [')
    const list = text.slice(text.indexOf('[', start), text.indexOf('];', start) + 1)
    return JSON.parse(list) as Attribute[]
  }
  return []
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}
