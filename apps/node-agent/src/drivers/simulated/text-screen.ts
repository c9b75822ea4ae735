import { GLYPH_ROWS, hasInk } from './font.ts'

const COLUMNS = 60
const ROWS = 25
/** A character's cell; glyphs are drawn at twice their size. */
const CELL_WIDTH = 12
const CELL_HEIGHT = 16

export const SCREEN_WIDTH = COLUMNS * CELL_WIDTH
export const SCREEN_HEIGHT = ROWS * CELL_HEIGHT

const INK = 0xd0_d0_d0
const PAPER = 0x10_18_28
/** The first row is a banner that always says what this is. */
const BANNER_INK = 0x20_10_00
const BANNER_PAPER = 0xf0_ab_00

/**
 * A text screen that is only drawn while somebody looks: characters cost little, so thousands of
 * simulated guests can have one.
 */
export class TextScreen {
  readonly #banner: string
  readonly #watchers = new Set<(row: number) => void>()
  #lines: string[] = ['']

  constructor(banner: string) {
    this.#banner = banner.slice(0, COLUMNS).padEnd(COLUMNS)
  }

  /** How many look at it. */
  get watchers(): number {
    return this.#watchers.size
  }

  /** Calls back with each character row that changes. Returns the removal. */
  watch(changed: (row: number) => void): () => void {
    this.#watchers.add(changed)
    return () => this.#watchers.delete(changed)
  }

  /** Writes as a terminal does: understands line feed, carriage return and backspace. */
  write(text: string): void {
    const scrolledFrom = this.#lines.length
    for (const character of text) this.#put(character)
    const scrolled = this.#lines.length > ROWS - 1
    if (scrolled) this.#lines = this.#lines.slice(-(ROWS - 1))
    const last = this.#lines.length
    const first = scrolled ? 1 : scrolledFrom
    for (let row = first; row <= last; row += 1) {
      for (const changed of this.#watchers) changed(row)
    }
  }

  clear(): void {
    this.#lines = ['']
    for (let row = 1; row < ROWS; row += 1) {
      for (const changed of this.#watchers) changed(row)
    }
  }

  /** All text, for people. */
  text(): string {
    return [this.#banner, ...this.#lines].join('\n')
  }

  /** The colours of one character row, as 0xRRGGBB, line by line. */
  draw(row: number): Uint32Array {
    const [ink, paper] = row === 0 ? [BANNER_INK, BANNER_PAPER] : [INK, PAPER]
    const isCursorRow = row === this.#lines.length
    const line = row === 0 ? this.#banner : (this.#lines[row - 1] ?? '')
    const characters = isCursorRow ? `${line}_` : line
    const pixels = new Uint32Array(SCREEN_WIDTH * CELL_HEIGHT).fill(paper)
    for (let column = 0; column < Math.min(characters.length, COLUMNS); column += 1) {
      const character = characters[column] ?? ' '
      if (character === ' ') continue
      for (let y = 0; y < GLYPH_ROWS * 2; y += 1) {
        for (let x = 0; x < CELL_WIDTH; x += 1) {
          if (!hasInk(character, x >> 1, y >> 1)) continue
          pixels[y * SCREEN_WIDTH + column * CELL_WIDTH + x] = ink
        }
      }
    }
    return pixels
  }

  #put(character: string): void {
    const index = this.#lines.length - 1
    const line = this.#lines[index] ?? ''
    if (character === '\n') this.#lines.push('')
    else if (character === '\b') this.#lines[index] = line.slice(0, -1)
    else if (character >= ' ') {
      if (line.length < COLUMNS) this.#lines[index] = line + character
      else this.#lines.push(character)
    }
  }
}

export const SCREEN_ROWS = ROWS
export const ROW_HEIGHT = CELL_HEIGHT
