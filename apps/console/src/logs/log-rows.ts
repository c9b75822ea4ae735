/** Lines are counted in blocks, so that finding a place takes few steps in a long log. */
const BLOCK = 512

/** Tabs reach to the next of these columns. */
const TAB = 8
// oxlint-disable-next-line no-control-regex -- all of ASCII but tabs
const PLAIN = /^[\u0000-\u0008\u000a-\u007f]*$/
/** East Asian letters, which are as wide as two others. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/

/** How many columns a text takes in a monospaced font. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length
  let width = 0
  for (const character of text) {
    if (character === '\t') width += TAB - (width % TAB)
    else width += WIDE.test(character) || character.length > 1 ? 2 : 1
  }
  return width
}

/** How many rows a line takes when it is wrapped at any letter. */
export const rowsOf = (text: string, columns: number): number =>
  Math.max(1, Math.ceil(widthOf(text) / columns))

interface Lines {
  readonly first: number
  readonly end: number
}

/** Where the lines of a log lie among its rows: which line a row belongs to, and back. */
export class LogRows {
  readonly #rowsOf: (line: number) => number
  readonly #lines: Lines
  /** Rows of each whole block, by the block's number. */
  readonly #blocks = new Map<number, number>()

  constructor(lines: Lines, rowsOfLine: (line: number) => number) {
    this.#lines = lines
    this.#rowsOf = rowsOfLine
  }

  /** How many rows a line takes. */
  heightOf(line: number): number {
    return this.#rowsOf(line)
  }

  get total(): number {
    return this.rowOf(this.#lines.end)
  }

  /** The row at which a line begins, counted from the oldest line that is kept. */
  rowOf(line: number): number {
    const { first } = this.#lines
    const firstBlock = Math.ceil(first / BLOCK)
    const lastBlock = Math.floor(line / BLOCK)
    if (firstBlock >= lastBlock) return this.#count(first, line)
    let rows = this.#count(first, firstBlock * BLOCK)
    for (let block = firstBlock; block < lastBlock; block += 1) rows += this.#block(block)
    return rows + this.#count(lastBlock * BLOCK, line)
  }

  /** The line that a row belongs to, and the row at which that begins. */
  lineAt(row: number): { line: number; row: number } {
    const { first, end } = this.#lines
    let line = first
    let at = 0
    while (line < end) {
      const isBlock = line % BLOCK === 0 && line + BLOCK <= end
      const rows = isBlock ? this.#block(line / BLOCK) : this.#rowsOf(line)
      if (at + rows > row) {
        if (!isBlock) return { line, row: at }
        return this.#lineIn({ line, at, row })
      }
      at += rows
      line += isBlock ? BLOCK : 1
    }
    return { line: end, row: at }
  }

  #lineIn({ line, at, row }: { line: number; at: number; row: number }) {
    let current = line
    let begin = at
    for (;;) {
      const rows = this.#rowsOf(current)
      if (begin + rows > row) return { line: current, row: begin }
      begin += rows
      current += 1
    }
  }

  #block(block: number): number {
    let rows = this.#blocks.get(block)
    if (rows === undefined) {
      rows = this.#count(block * BLOCK, (block + 1) * BLOCK)
      this.#blocks.set(block, rows)
    }
    return rows
  }

  #count(from: number, to: number): number {
    let rows = 0
    for (let line = from; line < to; line += 1) rows += this.#rowsOf(line)
    return rows
  }
}
