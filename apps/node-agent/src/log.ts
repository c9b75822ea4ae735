/** Writes one line for each thing that happens. */
export interface Log {
  info: (message: string) => void
  error: (message: string) => void
}

export const standardLog: Log = {
  info: (message) => void process.stdout.write(`${message}\n`),
  error: (message) => void process.stderr.write(`${message}\n`),
}

/** An error's message; Kubernetes and QEMU write them for people. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
