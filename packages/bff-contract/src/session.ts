import { z } from 'zod'

/** One way to sign in: a bearer token of the cluster, or the one-time code printed at start. */
export const signInRequest = z.union([
  z.strictObject({ token: z.string().min(1).max(16_384) }),
  z.strictObject({ code: z.string().min(1).max(128) }),
])
export type SignInRequest = z.infer<typeof signInRequest>

export const signInOptions = z.object({
  /** Whether a one-time code can be used (the console was started with a kubeconfig). */
  code: z.boolean(),
  /** The cluster's name, from the kubeconfig context or its address. */
  cluster: z.string(),
  version: z.string(),
})
export type SignInOptions = z.infer<typeof signInOptions>

/** Who is signed in. Credentials stay in the HttpOnly cookie, encrypted. */
export const session = z.object({
  user: z.object({ name: z.string(), groups: z.array(z.string()) }),
  cluster: z.string(),
  version: z.string(),
  /** Without a key or a pointer for so long, the page closes its consoles; 0 = never. */
  consoleIdleMinutes: z.number().int(),
  /** RFC 3339; after that a new sign-in is needed. */
  expiresAt: z.string(),
  /** The namespace of the user's kubeconfig context, where the console starts. */
  defaultNamespace: z.string().optional(),
})
export type Session = z.infer<typeof session>
