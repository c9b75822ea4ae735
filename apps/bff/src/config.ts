import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'

const configSchema = z.strictObject({
  /** Left out: the service account of the pod that this runs in. */
  kubeconfig: z.string().min(1).optional(),
  context: z.string().min(1).optional(),
  port: z.coerce.number().int().min(0).max(65_535).default(9000),
  host: z.string().min(1).default('127.0.0.1'),
  /** Holds the one-time code that signs in as the kubeconfig's user. */
  'login-code-file': z.string().min(1).optional(),
  /** Created when missing; without it sessions end with the process. */
  'session-key-file': z.string().min(1).optional(),
  'static-dir': z.string().min(1).optional(),
  /** Origins of the proxies in front, where they differ from what the browser asked for. */
  'trusted-origin': z.array(z.url({ protocol: /^https?$/ })).default([]),
  /** Consoles and terminals that are open at once, of one user and of all. */
  'max-consoles-per-user': z.coerce.number().int().min(1).default(50),
  'max-consoles': z.coerce.number().int().min(1).default(2000),
  /** Minutes without a key or a pointer after which the page closes its consoles; 0 = never. */
  'console-idle-minutes': z.coerce.number().int().min(0).default(0),
  'log-level': z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export interface Config {
  kubeconfig?: string
  context?: string
  port: number
  host: string
  loginCodeFile?: string
  sessionKeyFile?: string
  staticDirectory?: string
  consoles: { perUser: number; total: number; idleMinutes: number }
  trustedOrigins: readonly string[]
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** A mistake of the person who starts the process; its message is all they need to read. */
export class StartError extends Error {}

/** Reads and checks the command line; throws StartError that names the bad option. */
export function readConfig(args: readonly string[]): Config {
  const parsed = configSchema.safeParse(readOptions(args))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new StartError(`--${issue?.path.join(' ') ?? ''}: ${issue?.message ?? 'is invalid'}`)
  }
  const options = parsed.data
  return {
    port: options.port,
    host: options.host,
    consoles: {
      perUser: options['max-consoles-per-user'],
      total: options['max-consoles'],
      idleMinutes: options['console-idle-minutes'],
    },
    trustedOrigins: options['trusted-origin'].map((origin) => new URL(origin).origin),
    logLevel: options['log-level'],
    ...(options.kubeconfig && { kubeconfig: options.kubeconfig }),
    ...(options.context && { context: options.context }),
    ...(options['login-code-file'] && { loginCodeFile: options['login-code-file'] }),
    ...(options['session-key-file'] && { sessionKeyFile: options['session-key-file'] }),
    ...(options['static-dir'] && { staticDirectory: resolve(options['static-dir']) }),
  }
}

function readOptions(args: readonly string[]): Record<string, unknown> {
  const names = Object.keys(configSchema.shape)
  try {
    const { values } = parseArgs({
      args: [...args],
      options: Object.fromEntries(
        names.map((name) => [
          name,
          { type: 'string' as const, multiple: name === 'trusted-origin' },
        ]),
      ),
    })
    return { ...values }
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error))
  }
}

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i.test(host)
}
