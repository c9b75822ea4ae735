import type { LabelRequirement } from './selectors.ts'

type Kind = 'end' | 'word' | 'symbol'

interface Token {
  kind: Kind
  text: string
}

const END: Token = { kind: 'end', text: '' }
const SYMBOLS = ['==', '!=', '=', '!', '(', ')', ',', '>', '<']
const OPERATORS = ['in', 'notin', '=', '==', '!=', 'gt', 'lt']

const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const VALUE = `(${QUALIFIED})?`
const SUBDOMAIN = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'
const [QUALIFIED_FORM, VALUE_FORM, SUBDOMAIN_FORM] = [QUALIFIED, VALUE, SUBDOMAIN].map(
  (pattern) => new RegExp(`^(?:${pattern})$`),
) as [RegExp, RegExp, RegExp]
const QUALIFIED_RULE = `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${QUALIFIED}')`
const VALUE_RULE = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${VALUE}')`
const SUBDOMAIN_RULE = `prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let rest = text.trimStart()
  while (rest !== '') {
    const symbol = SYMBOLS.find((candidate) => rest.startsWith(candidate))
    const word = /^[^=!(),<>\s]+/.exec(rest)?.[0] ?? ''
    const token: Token =
      symbol === undefined ? { kind: 'word', text: word } : { kind: 'symbol', text: symbol }
    tokens.push(token)
    rest = rest.slice(token.text.length).trimStart()
  }
  return tokens
}

/** Reads a label selector's text; its errors are those of a kube-apiserver. */
export class LabelSelectorParser {
  readonly #tokens: Token[]
  #at = 0

  constructor(text: string) {
    this.#tokens = tokensOf(text)
  }

  parse(): LabelRequirement[] {
    const requirements: LabelRequirement[] = []
    while (this.#next.kind !== 'end') {
      const { kind, text } = this.#next
      if (kind === 'symbol' && text !== '!') {
        throw new Error(`found '${text}', expected: !, identifier, or 'end of string'`)
      }
      requirements.push(this.#requirement())
      const separator = this.#take()
      if (separator.kind === 'end') break
      if (separator.text !== ',') {
        throw new Error(`found '${separator.text}', expected: ',' or 'end of string'`)
      }
      const { kind: following, text: literal } = this.#next
      if (following !== 'word' && literal !== '!') {
        throw new Error(`found '${literal}', expected: identifier after ','`)
      }
    }
    return requirements
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? END
  }

  #take(): Token {
    const token = this.#next
    this.#at += 1
    return token
  }

  #refuse(problem: string): never {
    throw new Error(`unable to parse requirement: ${problem}`)
  }

  #requirement(): LabelRequirement {
    const negated = this.#next.text === '!'
    if (negated) this.#take()
    const { kind, text: key } = this.#take()
    if (kind !== 'word') this.#refuse(`found '${key}', expected: identifier`)
    this.#checkKey(key)
    const { kind: after, text } = this.#next
    const alone = after === 'end' || text === ','
    if (negated) return { key, operator: 'DoesNotExist' }
    if (alone) return { key, operator: 'Exists' }
    const operator = this.#take().text
    switch (operator) {
      case 'in':
        return { key, operator: 'In', values: this.#values(key) }
      case 'notin':
        return { key, operator: 'NotIn', values: this.#values(key) }
      case '=':
      case '==':
        return { key, operator: 'In', values: [this.#value(key)] }
      case '!=':
        return { key, operator: 'NotIn', values: [this.#value(key)] }
      case '>':
      case '<':
        return this.#comparison(key, operator === '>' ? 'Gt' : 'Lt')
      default:
        return this.#refuse(`found '${operator}', expected: ${OPERATORS.join(', ')}`)
    }
  }

  #comparison(key: string, operator: 'Gt' | 'Lt'): LabelRequirement {
    const value = this.#value(key)
    if (!/^[+-]?\d+$/.test(value)) {
      this.#refuse(
        `values[0]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
      )
    }
    return { key, operator, values: [value] }
  }

  #value(key: string): string {
    const { kind, text } = this.#next
    if (kind === 'end' || text === ',') return ''
    this.#take()
    if (kind !== 'word') this.#refuse(`found '${text}', expected: identifier`)
    this.#checkValue(key, text, 0)
    return text
  }

  #values(key: string): string[] {
    const open = this.#take()
    if (open.text !== '(') this.#refuse(`found '${open.text}' expected: '('`)
    const values = new Set<string>()
    let expectsValue = true
    for (;;) {
      const { kind, text } = this.#take()
      if (kind === 'word') {
        if (!expectsValue) this.#refuse(`found '${text}', expected: ',' or ')'`)
        values.add(text)
        expectsValue = false
      } else if (text === ',') {
        if (expectsValue) values.add('')
        expectsValue = true
      } else if (text === ')') {
        if (expectsValue) values.add('')
        break
      } else {
        this.#refuse(
          values.size === 0
            ? `found '${text}', expected: ',', ')' or identifier`
            : `found '${text}', expected: ',' or ')'`,
        )
      }
    }
    const sorted = [...values].toSorted()
    for (const [index, value] of sorted.entries()) this.#checkValue(key, value, index)
    return sorted
  }

  #checkKey(key: string): void {
    const slash = key.indexOf('/')
    const prefix = slash < 0 ? undefined : key.slice(0, slash)
    const name = key.slice(slash + 1)
    const problems: string[] = []
    if (prefix === '') problems.push('prefix part must be non-empty')
    else if (prefix !== undefined && !SUBDOMAIN_FORM.test(prefix)) {
      problems.push(SUBDOMAIN_RULE)
    }
    if (name === '') problems.push('name part must be non-empty')
    if (name.length > 63) problems.push('name part must be no more than 63 characters')
    if (!QUALIFIED_FORM.test(name)) problems.push(QUALIFIED_RULE)
    if (problems.length > 0) {
      this.#refuse(`<nil>: Invalid value: ${JSON.stringify(key)}: ${problems.join('; ')}`)
    }
  }

  #checkValue(key: string, value: string, index: number): void {
    const problems: string[] = []
    if (value.length > 63) problems.push('must be no more than 63 characters')
    if (!VALUE_FORM.test(value)) problems.push(VALUE_RULE)
    if (problems.length > 0) {
      this.#refuse(
        `values[${index}][${key}]: Invalid value: ${JSON.stringify(value)}: ${problems.join('; ')}`,
      )
    }
  }
}
