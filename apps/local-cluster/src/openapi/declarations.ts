/**
 * Reads the interfaces of a declaration file written by the OpenAPI generator, whose output is
 * regular line by line. A TypeScript compiler would read it too, but costs a second and a
 * dependency on every first start; a line that does not fit throws instead of being guessed at.
 */
export interface DeclaredProperty {
  name: string
  optional: boolean
  description: string
  type: DeclaredType
}

export type DeclaredType =
  | { kind: 'name'; name: string }
  | { kind: 'array'; items: DeclaredType }
  | { kind: 'map'; values: DeclaredType }

export interface Declarations {
  interfaces: Map<string, { description: string; properties: DeclaredProperty[] }>
  enums: Map<string, string[]>
}

export function readDeclarations(
  text: string,
  wanted: (name: string) => boolean,
): Declarations {
  const lines = text.split('\n')
  const declarations: Declarations = { interfaces: new Map(), enums: new Map() }
  let comment = ''
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (line === '/**') {
      const end = lines.indexOf(' */', index)
      comment = commentText(lines.slice(index + 1, end))
      index = end
      continue
    }
    const start = /^interface (\w+) \{$/.exec(line)
    if (start?.[1] && wanted(start[1])) {
      const end = lines.indexOf('}', index)
      declarations.interfaces.set(start[1], {
        description: comment,
        properties: readProperties(lines.slice(index + 1, end)),
      })
      index = end
      continue
    }
    const enumStart = /^declare (?:const (\w+Enum): |enum (\w+) )\{$/.exec(line)
    const enumName = enumStart?.[1] ?? enumStart?.[2]
    if (enumName) {
      const end = lines.indexOf(enumStart?.[1] ? '};' : '}', index)
      const values = lines
        .slice(index + 1, end)
        .map((entry) => /"(.*)"[;,]?$/.exec(entry)?.[1] ?? '')
      declarations.enums.set(enumName, values)
      index = end
    }
  }
  return declarations
}

function readProperties(lines: string[]): DeclaredProperty[] {
  const properties: DeclaredProperty[] = []
  let description = ''
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (line.trim() === '/**') {
      const end = lines.indexOf('     */', index)
      description = commentText(lines.slice(index + 1, end))
      index = end
      continue
    }
    const property = /^ {4}(?:readonly )?'?([\w$-]+)'?(\??): (.*)$/.exec(line)
    if (!property?.[1]) throw new Error(`cannot read the declaration line "${line}"`)
    let type = property[3] ?? ''
    while (!(type.endsWith(';') && depth(type) === 0)) {
      index++
      type += lines[index]?.trim() ?? ''
    }
    properties.push({
      name: property[1],
      optional: property[2] === '?',
      description,
      type: readType(type.slice(0, -1)),
    })
    description = ''
  }
  return properties
}

function depth(type: string): number {
  return type.split('{').length - type.split('}').length
}

function readType(text: string): DeclaredType {
  const type = text.trim()
  const array = /^(?:Array|Set)<(.*)>$/.exec(type)
  if (array?.[1]) return { kind: 'array', items: readType(array[1]) }
  const map = /^\{\s*\[key: string\]: (.*?);?\s*\}$/.exec(type)
  if (map?.[1]) return { kind: 'map', values: readType(map[1]) }
  if (/^\w+$/.test(type)) return { kind: 'name', name: type }
  throw new Error(`cannot read the declared type "${type}"`)
}

/** The prose of a JSDoc comment: everything before its first tag. */
function commentText(lines: string[]): string {
  const prose: string[] = []
  for (const line of lines) {
    const text = line.replace(/^\s*\* ?/, '')
    if (text.startsWith('@')) break
    prose.push(text)
  }
  return prose
    .join('\n')
    .replace(/\n*Possible enum values:[\s\S]*$/, '')
    .trim()
}
