export interface PrometheusSample {
  name: string
  labels: Record<string, string>
  value: number
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/
const LABEL = /([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"/g

/**
 * One line of Prometheus' text format; undefined for comments and for what is none. A node tells
 * of tens of thousands of series: `wanted` looks at the name before the labels are taken apart.
 */
export function parseSample(
  line: string,
  wanted: (name: string) => boolean = () => true,
): PrometheusSample | undefined {
  if (line === '' || line.startsWith('#')) return undefined
  const end = line.search(/[{\s]/)
  if (end <= 0 || !wanted(line.slice(0, end))) return undefined
  const [, name, labelText = '', valueText] = SAMPLE.exec(line) ?? []
  if (name === undefined || valueText === undefined) return undefined
  const labels: Record<string, string> = {}
  for (const [, label = '', value = ''] of labelText.matchAll(LABEL)) {
    labels[label] = value.replaceAll(/\\(.)/g, (_, character: string) =>
      character === 'n' ? '\n' : character,
    )
  }
  return { name, labels, value: numberOf(valueText) }
}

function numberOf(text: string): number {
  if (/^[+-]?inf$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  return Number(text)
}

/** The lines of a text that comes in pieces. */
export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}
