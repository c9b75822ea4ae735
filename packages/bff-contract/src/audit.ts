import { z } from 'zod'

export const auditQuery = z.object({ namespace: z.string().min(1), name: z.string().min(1) })

/** Successful writes to a VM and its VMI through this console, oldest first. */
export const auditAnswer = z.object({
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
})
export type AuditAnswer = z.infer<typeof auditAnswer>
