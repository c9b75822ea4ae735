import { randomInt } from 'node:crypto'
import { type KubernetesObject, statusErrors } from '@virtdeck/kubernetes'
import type { SubresourceHandler } from './subresource.ts'

interface Parameter {
  name: string
  value?: string
  generate?: string
  from?: string
  required?: boolean
}

interface Template extends KubernetesObject {
  labels?: Record<string, string>
  objects?: KubernetesObject[]
  parameters?: Parameter[]
}

/** A posted Template comes back with its parameters filled in; nothing is stored. */
export const processedTemplates: SubresourceHandler = {
  group: 'template.openshift.io',
  versions: ['v1'],
  resource: 'processedtemplates',
  subresource: undefined,
  scope: 'namespace',
  namespaced: true,
  methods: ['POST'],
  discovery: { kind: 'Template', verbs: ['create'] },
  handle: async (request) => {
    const body = await request.body()
    if (typeof body !== 'object' || body === null) {
      throw statusErrors.badRequest('the request has no Template')
    }
    return { status: 201, body: processTemplate(body, request.namespace) }
  },
}

export function processTemplate(template: Template, namespace: string): Template {
  const parameters = (template.parameters ?? []).map(withValue)
  const missing = parameters.flatMap(({ name, value, required }, index) => {
    if (!required || value) return []
    const field = `template.parameters[${index}]`
    const message = `Required value: ${field}: parameter ${name} is required and must be specified`
    return [{ reason: 'FieldValueRequired', message, field }]
  })
  if (missing.length > 0) {
    const kind = { group: 'template.openshift.io', kind: 'Template' }
    throw statusErrors.invalid(kind, template.metadata?.name ?? '', missing)
  }
  const values = new Map(parameters.map(({ name, value = '' }) => [name, value]))
  const objects = (template.objects ?? []).map((object) => {
    const filled = fill(object, values) as KubernetesObject
    const { namespace: fixed, ...metadata } = filled.metadata ?? {}
    // A namespace that is written out gives way to the one that the template is processed in.
    const chosen =
      /\$\{/.test(object.metadata?.namespace ?? '') && fixed ? { namespace: fixed } : {}
    const labels = { ...metadata.labels, ...template.labels }
    return {
      ...filled,
      metadata: {
        ...metadata,
        ...chosen,
        ...(Object.keys(labels).length > 0 && { labels }),
      },
    }
  })
  return {
    ...template,
    kind: 'Template',
    apiVersion: 'template.openshift.io/v1',
    metadata: { ...template.metadata, namespace },
    objects,
    parameters,
  }
}

function withValue(parameter: Parameter): Parameter {
  const { value, generate, from } = parameter
  if (value || generate !== 'expression' || !from) return parameter
  return { ...parameter, value: generateValue(from) }
}

const CLASSES: Record<string, string> = {
  '\\w': 'a-zA-Z0-9_',
  '\\d': '0-9',
  '\\a': 'a-zA-Z0-9',
  '\\A': '~!@#$%^&*()\\-_+={}[]\\\\|<,>.?/"\';:`',
}

/** `[a-z0-9]{4}-[\\d]{2}`: each class in brackets stands for random characters of it. */
function generateValue(expression: string): string {
  return expression.replaceAll(
    /\[((?:\\.|[^\]])+)\](?:\{(\d+)\})?/g,
    (_whole, classes: string, count = '1') => {
      const characters = charactersOf(classes)
      return Array.from(
        { length: Number(count) },
        () => characters[randomInt(characters.length)],
      ).join('')
    },
  )
}

function charactersOf(classes: string): string[] {
  const ranges = classes.replaceAll(/\\[wdaA]/g, (name) => CLASSES[name] ?? name)
  const characters: string[] = []
  for (const [part, first = '', last = ''] of ranges.matchAll(/(\w)-(\w)|\\?(?:.)/g)) {
    if (last === '') characters.push(part.slice(-1))
    else {
      for (let code = first.charCodeAt(0); code <= last.charCodeAt(0); code++) {
        characters.push(String.fromCharCode(code))
      }
    }
  }
  return characters
}

/** `${NAME}` inside of texts; a text that is `${{NAME}}` as a whole becomes what its value is. */
function fill(value: unknown, values: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    const whole = /^\$\{\{([a-zA-Z0-9_]+)\}\}$/.exec(value)?.[1]
    if (whole !== undefined && values.has(whole)) return parsed(values.get(whole) ?? '')
    return value.replaceAll(
      /\$\{([a-zA-Z0-9_]+)\}/g,
      (text, name: string) => values.get(name) ?? text,
    )
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, values))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [fill(key, values), fill(item, values)]),
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
