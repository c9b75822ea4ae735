import { z } from 'zod'

export const auditQuery = z.object({ namespace: z.string().min(1), name: z.string().min(1) })

/** What was done with a VM and its VMI through this console, oldest first. */
export const auditAnswer = z.object({
  /** Those that succeeded. */
  writes: z.array(
    z.object({
      /** RFC 3339 */
      time: z.string(),
      user: z.string(),
      method: z.string(),
      resource: z.enum(['virtualmachines', 'virtualmachineinstances']),
      /** Such as `start`; left out for the object itself. */
      subresource: z.string().optional(),
    }),
  ),
  /** Consoles that were opened. */
  consoles: z.array(
    z.object({
      /** RFC 3339 */
      time: z.string(),
      user: z.string(),
      console: z.enum(['vnc', 'serial', 'rdp', 'ssh']),
    }),
  ),
})
export type AuditAnswer = z.infer<typeof auditAnswer>
