import { LineCounter, parseAllDocuments } from 'yaml'

/** A place where text is not YAML; lines and columns from 1. */
export interface YamlProblem {
  message: string
  severity: 'error' | 'warning'
  start: { line: number; column: number }
  end: { line: number; column: number }
}

/** Everything that keeps a text, of one document or several, from being read as YAML. */
export function yamlProblems(text: string): YamlProblem[] {
  const lineCounter = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  return ('empty' in documents ? [] : documents).flatMap(({ errors, warnings }) =>
    [...errors, ...warnings].map(({ message, name, pos }) => ({
      message,
      severity: name === 'YAMLParseError' ? ('error' as const) : ('warning' as const),
      start: at(pos[0]),
      end: at(pos[1]),
    })),
  )
}
