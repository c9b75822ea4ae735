/** Longer lines are broken: a stream without line breaks must not grow in memory unseen. */
const LONGEST_LINE = 64 * 1024

/** Colours, cursor movements and titles: programs mean them for terminals. */
const ESCAPE_SEQUENCES =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b-\u001f\u007f]/g

/** Without what only a terminal understands. */
export const plainText = (text: string): string =>
  text.replace(ESCAPE_SEQUENCES, '').replace(CONTROL_CHARACTERS, '')

/** Puts lines together from pieces of text that are cut anywhere. */
export class LineSplitter {
  #rest = ''

  /** The lines that are complete now. */
  push(piece: string): string[] {
    const text = this.#rest + piece
    const lines = text.split('\n')
    this.#rest = lines.pop() ?? ''
    while (this.#rest.length > LONGEST_LINE) {
      lines.push(this.#rest.slice(0, LONGEST_LINE))
      this.#rest = this.#rest.slice(LONGEST_LINE)
    }
    // Most logs have neither; looking once is cheaper than replacing in every line.
    const needsCleaning = text.includes('\u001b') || text.includes('\r')
    return needsCleaning ? lines.map(plainText) : lines
  }

  /** What was left without a line break at the end of a log. */
  finish(): string[] {
    const rest = plainText(this.#rest)
    this.#rest = ''
    return rest === '' ? [] : [rest]
  }
}
