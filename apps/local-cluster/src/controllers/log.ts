/** One line about one happening. */
export type Logger = (line: string) => void

export const logToStdout: Logger = (line) => {
  process.stdout.write(`${line}\n`)
}
