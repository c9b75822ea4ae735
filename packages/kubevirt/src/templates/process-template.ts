import type { KubernetesObject } from '@virtdeck/kubernetes'
import type { Template, TemplateParameter } from './template.ts'

const CHARACTERS: Record<string, string> = {
  w: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_',
  d: '0123456789',
  a: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  A: '~!@#$%^&*()-_+={}[]\\|<,>.?/"\';:`',
}

/** Everything a range like `a-z0-9` or `\w` of an expression stands for. */
function charactersOf(range: string): string {
  return range.replaceAll(
    /\\(.)|(.)-(.)/g,
    (_match, escaped: string | undefined, first: string, last: string) => {
      if (escaped !== undefined) return CHARACTERS[escaped] ?? escaped
      let characters = ''
      for (let code = first.charCodeAt(0); code <= last.charCodeAt(0); code += 1) {
        characters += String.fromCharCode(code)
      }
      return characters
    },
  )
}

/** A number from 0 up to, not including, a limit; passed in, so that tests know the answer. */
export type RandomNumber = (limit: number) => number

/** OpenShift's generator `expression`: `vm-[a-z0-9]{4}` → `vm-k3x9`. */
export function generateExpression(expression: string, random: RandomNumber): string {
  return expression.replaceAll(
    /\[((?:\\.|[^\]])+)\](?:\{(\d+)\})?/g,
    (_match, range: string, count = '1') => {
      const characters = charactersOf(range)
      return Array.from(
        { length: Number(count) },
        () => characters[random(characters.length)],
      ).join('')
    },
  )
}

/** A template whose required parameters are not all filled in. */
export class MissingParametersError extends Error {
  readonly parameters: readonly string[]

  constructor(parameters: readonly string[]) {
    super(`parameters without a value: ${parameters.join(', ')}`)
    this.parameters = parameters
  }
}

interface ProcessOptions {
  /** Values for parameters by name; they win over the template's own. */
  parameters?: Record<string, string>
  random: RandomNumber
}

/**
 * A template with its parameters filled in and its labels added to its objects, as OpenShift's
 * `processedtemplates` answers it.
 * @throws MissingParametersError if a required parameter has neither a value nor a generator
 */
export function processedTemplate(
  template: Template,
  { parameters: given = {}, random }: ProcessOptions,
): Template & { objects: KubernetesObject[]; parameters: TemplateParameter[] } {
  const parameters = (template.parameters ?? []).map((parameter) => {
    const value = valueOf(parameter, given, random)
    return value === '' ? parameter : { ...parameter, value }
  })
  const missing = parameters.filter(({ required, value }) => required && !value)
  if (missing.length > 0) throw new MissingParametersError(missing.map(({ name }) => name))
  const values = new Map(parameters.map(({ name, value = '' }) => [name, value]))
  const objects = (template.objects ?? []).map((object) => {
    const filled = fillIn(object, values) as KubernetesObject
    const { namespace, ...metadata } = filled.metadata ?? {}
    // Where the object goes is the caller's choice, unless a parameter says it.
    const isChosen = /\$\{/.test(object.metadata?.namespace ?? '') && namespace
    const labels = { ...metadata.labels, ...template.labels }
    return {
      ...filled,
      metadata: {
        ...metadata,
        ...(isChosen && { namespace }),
        ...(Object.keys(labels).length > 0 && { labels }),
      },
    }
  })
  return { ...template, objects, parameters }
}

/** The objects of a processed template: all that clusters without the API need to be told. */
export const processTemplate = (
  template: Template,
  options: ProcessOptions,
): KubernetesObject[] => processedTemplate(template, options).objects

function valueOf(
  { name, value, generate, from }: TemplateParameter,
  given: Record<string, string>,
  random: RandomNumber,
): string {
  const chosen = given[name] ?? value ?? ''
  if (chosen !== '' || generate !== 'expression') return chosen
  return generateExpression(from ?? '', random)
}

/** `${NAME}` inside a text; a text that is just `${{NAME}}` becomes a number, boolean, … */
function fillIn(value: unknown, parameters: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return fillInText(value, parameters)
  if (Array.isArray(value)) return value.map((item) => fillIn(item, parameters))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      String(fillInText(key, parameters)),
      fillIn(item, parameters),
    ]),
  )
}

function fillInText(text: string, parameters: ReadonlyMap<string, string>): unknown {
  const whole = /^\$\{\{(\w+)\}\}$/.exec(text)
  const raw = parameters.get(whole?.[1] ?? '')
  if (raw !== undefined) return asJson(raw)
  return text.replaceAll(/\$\{(\w+)\}/g, (match, name: string) => parameters.get(name) ?? match)
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
