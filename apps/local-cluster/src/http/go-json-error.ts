/** What Go's `encoding/json` says about a text that is no JSON; undefined for JSON. */
export function goJsonError(text: string): string | undefined {
  try {
    const scanner = new Scanner(text)
    scanner.value()
    scanner.end()
    return undefined
  } catch (error) {
    if (error instanceof JsonError) return error.message
    throw error
  }
}

/** The paths of fields that a JSON text names twice, in its order; each once. */
export function duplicateFields(text: string): string[] {
  const scanner = new Scanner(text)
  scanner.value()
  return [...scanner.duplicates]
}

class JsonError extends Error {}

const LITERALS = ['true', 'false', 'null']

class Scanner {
  readonly duplicates = new Set<string>()
  readonly #text: string
  readonly #path: string[] = []
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  value(): void {
    this.#skipSpace()
    const character = this.#peek()
    if (character === '{') this.#object()
    else if (character === '[') this.#array()
    else if (character === '"') this.#string()
    else if (character === '-' || /\d/.test(character)) this.#number()
    else {
      const literal = LITERALS.find((word) => word.startsWith(character))
      if (literal === undefined) this.#refuse('looking for beginning of value')
      else this.#literal(literal)
    }
  }

  end(): void {
    this.#skipSpace()
    if (this.#at < this.#text.length) this.#refuse('after top-level value')
  }

  #object(): void {
    this.#at += 1
    this.#skipSpace()
    if (this.#peek() === '}') {
      this.#at += 1
      return
    }
    const keys = new Set<string>()
    for (;;) {
      this.#skipSpace()
      if (this.#peek() !== '"') this.#refuse('looking for beginning of object key string')
      const start = this.#at
      this.#string()
      const key = JSON.parse(this.#text.slice(start, this.#at)) as string
      this.#path.push(this.#path.length === 0 ? key : `.${key}`)
      if (keys.has(key)) this.duplicates.add(this.#path.join(''))
      keys.add(key)
      this.#skipSpace()
      if (this.#peek() !== ':') this.#refuse('after object key')
      this.#at += 1
      this.value()
      this.#path.pop()
      this.#skipSpace()
      const character = this.#peek()
      if (character !== ',' && character !== '}') this.#refuse('after object key:value pair')
      this.#at += 1
      if (character === '}') return
    }
  }

  #array(): void {
    this.#at += 1
    this.#skipSpace()
    if (this.#peek() === ']') {
      this.#at += 1
      return
    }
    for (let index = 0; ; index += 1) {
      this.#path.push(`[${index}]`)
      this.value()
      this.#path.pop()
      this.#skipSpace()
      const character = this.#peek()
      if (character !== ',' && character !== ']') this.#refuse('after array element')
      this.#at += 1
      if (character === ']') return
    }
  }

  #string(): void {
    this.#at += 1
    for (;;) {
      const character = this.#peek()
      if (character === '"') {
        this.#at += 1
        return
      }
      if (character < ' ') this.#refuse('in string literal')
      this.#at += 1
      if (character === '\\') this.#escape()
    }
  }

  #escape(): void {
    const character = this.#peek()
    if (!/["\\/bfnrtu]/.test(character)) this.#refuse('in string escape code')
    this.#at += 1
    if (character !== 'u') return
    for (let digit = 0; digit < 4; digit += 1) {
      if (!/[\da-f]/i.test(this.#peek())) this.#refuse('in \\u hexadecimal character escape')
      this.#at += 1
    }
  }

  #number(): void {
    if (this.#peek() === '-') {
      this.#at += 1
      if (!/\d/.test(this.#peek())) this.#refuse('in numeric literal')
    }
    const zero = this.#peek() === '0'
    this.#at += 1
    if (!zero) this.#digits()
    if (this.#text[this.#at] === '.') {
      this.#at += 1
      if (!/\d/.test(this.#peek())) this.#refuse('after decimal point in numeric literal')
      this.#digits()
    }
    if (/e/i.test(this.#text[this.#at] ?? '')) {
      this.#at += 1
      if (/[+-]/.test(this.#peek())) this.#at += 1
      if (!/\d/.test(this.#peek())) this.#refuse('in exponent of numeric literal')
      this.#digits()
    }
  }

  #digits(): void {
    while (/\d/.test(this.#text[this.#at] ?? '')) this.#at += 1
  }

  #literal(word: string): void {
    for (const character of word.split('')) {
      if (this.#peek() !== character) {
        this.#refuse(`in literal ${word} (expecting ${quoted(character)})`)
      }
      this.#at += 1
    }
  }

  #skipSpace(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at += 1
  }

  #peek(): string {
    const character = this.#text[this.#at]
    if (character === undefined) throw new JsonError('unexpected end of JSON input')
    return character
  }

  #refuse(where: string): never {
    throw new JsonError(`invalid character ${quoted(this.#peek())} ${where}`)
  }
}

function quoted(character: string): string {
  if (character === "'") return `'\\''`
  if (character === '"') return `'"'`
  return `'${JSON.stringify(character).slice(1, -1)}'`
}
