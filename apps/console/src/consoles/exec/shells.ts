export const SHELLS = ['auto', 'bash', 'sh'] as const
export type ShellChoice = (typeof SHELLS)[number]

/** Bash is the better shell to work in, but small images have none. */
const BASH_OR_SH = 'if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi'

/** What is run in the container: by name, as images keep shells in different places. */
export const shellCommand = (shell: ShellChoice): string[] =>
  shell === 'auto' ? ['sh', '-c', BASH_OR_SH] : [shell]
