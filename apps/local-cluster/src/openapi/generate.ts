import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { componentName, type DeclarationSource } from './component-names.ts'
import { readDeclarations, type DeclaredType } from './declarations.ts'
import { addFormats } from './formats.ts'
import type { JsonSchema } from './json-schema.ts'
import { restoreComponent, restoreProperty, restoreString } from './restore.ts'

/**
 * Writes `generated/schemas.json`: one OpenAPI component per published Kubernetes, KubeVirt and CDI
 * type. The published declarations carry every field with its description; `restore.ts` adds what
 * TypeScript cannot express. Takes well under a second and is skipped while package and generator
 * are unchanged, so the server calls it on every start.
 */
export const SCHEMAS_FILE = fileURLToPath(
  new URL('../../generated/schemas.json', import.meta.url),
)
const SOURCES: DeclarationSource[] = ['kubernetes', 'kubevirt', 'containerized-data-importer']
const GENERATOR_FILES = [
  'generate.ts',
  'declarations.ts',
  'component-names.ts',
  'formats.ts',
  'restore.ts',
]

export type Components = Record<string, JsonSchema>

export interface GeneratedSchemas {
  /** Changes with the package and the generator. */
  stamp: string
  components: Components
}

export async function generateSchemas(file = SCHEMAS_FILE): Promise<GeneratedSchemas> {
  const stamp = currentStamp()
  const existing = readGenerated(file)
  if (existing?.stamp === stamp) return existing
  const generated: GeneratedSchemas = { stamp, components: await buildComponents() }
  mkdirSync(dirname(file), { recursive: true })
  // Several processes and test workers may come here at once.
  const temporary = `${file}.${randomUUID()}`
  writeFileSync(temporary, JSON.stringify(generated))
  renameSync(temporary, file)
  return generated
}

function readGenerated(file: string): GeneratedSchemas | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as GeneratedSchemas
  } catch {
    return undefined
  }
}

function packagePath(source: DeclarationSource): string {
  const require = createRequire(import.meta.url)
  return dirname(require.resolve(`@kubevirt-ui-ext/kubevirt-api/${source}`))
}

function currentStamp(): string {
  const hash = createHash('sha256')
  for (const name of GENERATOR_FILES) hash.update(readFileSync(new URL(name, import.meta.url)))
  const manifest = join(packagePath('kubernetes'), '..', '..', 'package.json')
  return hash.update(readFileSync(manifest)).digest('hex')
}

export async function buildComponents(): Promise<Components> {
  const components: Components = {}
  for (const source of SOURCES) {
    const folder = packagePath(source)
    const text = readFileSync(join(folder, 'index.d.ts'), 'utf8')
    const declarations = readDeclarations(text, (name) => !!componentName(source, name))
    const wireNames = await readWireNames(join(folder, 'index.js'))
    for (const [declared, { description, properties }] of declarations.interfaces) {
      const component = componentName(source, declared) as string
      // The Kubernetes file comes first: copies of its types in the other files add nothing.
      if (components[component]) continue
      const schema: JsonSchema = { type: 'object', ...(description && { description }) }
      const schemas: Record<string, JsonSchema> = {}
      for (const property of properties) {
        const name = wireNames(declared, property.name)
        const resolve = (type: DeclaredType): JsonSchema =>
          typeSchema(type, property.description, {
            enumValues: (enumName) => declarations.enums.get(enumName),
            component: (interfaceName) => componentName(source, interfaceName),
          })
        const plain = resolve(property.type)
        const described = describe(plain, property.description)
        schemas[name] = restoreProperty(component, name, described)
        if (!property.optional) (schema.required ??= []).push(name)
      }
      if (properties.length > 0) schema.properties = schemas
      addFormats(component, schema)
      components[component] = restoreComponent(component, schema)
    }
  }
  return components
}

function describe(schema: JsonSchema, description: string): JsonSchema {
  if (!description) return schema
  // A `$ref` must stand alone; OpenAPI v3 wraps it to give it a description.
  if (schema.$ref) return { description, allOf: [schema] }
  return { description, ...schema }
}

interface Resolver {
  enumValues: (name: string) => string[] | undefined
  component: (name: string) => string | undefined
}

function typeSchema(type: DeclaredType, description: string, resolver: Resolver): JsonSchema {
  if (type.kind === 'array') {
    return { type: 'array', items: typeSchema(type.items, '', resolver) }
  }
  if (type.kind === 'map') {
    return { type: 'object', additionalProperties: typeSchema(type.values, '', resolver) }
  }
  switch (type.name) {
    case 'string':
      return restoreString(description)
    case 'Date':
      return { type: 'string', format: 'date-time' }
    case 'boolean':
      return { type: 'boolean' }
    case 'number':
      return { type: 'integer' }
    case 'object':
    case 'any':
      return { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
  }
  const values = resolver.enumValues(type.name)
  if (values) return { type: 'string', enum: values }
  const component = resolver.component(type.name)
  // A type of a group that is not served: let its fields pass.
  if (!component) return { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
  return { $ref: `#/components/schemas/${component}` }
}

/**
 * The declarations spell some fields as TypeScript likes them (`port` for `Port`, `_default` for
 * `default`). The package's own serialisers know the names on the wire.
 */
async function readWireNames(
  file: string,
): Promise<(declared: string, property: string) => string> {
  const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>
  const cache = new Map<string, Map<string, string>>()
  return (declared, property) => {
    let names = cache.get(declared)
    if (!names) {
      names = new Map()
      const serialiser = module[`${declared}ToJSONTyped`] ?? module[`${declared}ToJSON`]
      const pairs = /(?<=[{,])(?:([\w$]+)|"([^"]+)"):(?:[\w$]+\()?[\w$]+\.([\w$]+)/g
      for (const match of String(serialiser).matchAll(pairs)) {
        names.set(match[3] ?? '', match[1] ?? match[2] ?? '')
      }
      cache.set(declared, names)
    }
    return names.get(property) ?? property
  }
}

if (import.meta.main) {
  const started = performance.now()
  const { components } = await generateSchemas()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${Object.keys(components).length} schemas in ${seconds} s\n`)
}
