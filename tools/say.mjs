/** One line of progress for the person at the terminal. */
export function say(text) {
  process.stdout.write(`${text}\n`)
}

/** Ends the program with one plain sentence; nobody should have to read a stack trace. */
export class PlainError extends Error {}

/** Runs the program; a PlainError ends it with its sentence, any other error with its stack. */
export async function runProgram(main) {
  try {
    await main()
  } catch (error) {
    process.exitCode = 1
    process.stderr.write(
      error instanceof PlainError ? `${error.message}\n` : `${error.stack}\n`,
    )
  }
}

/** Seconds since `since` (milliseconds), for people: `3.2 s`. */
export const secondsSince = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`
