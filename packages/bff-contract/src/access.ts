import { z } from 'zod'

/** A question "may I …?", as in SelfSubjectAccessReview's resourceAttributes. */
export const accessCheck = z.strictObject({
  verb: z.string().min(1),
  group: z.string(),
  resource: z.string().min(1),
  subresource: z.string().optional(),
  namespace: z.string().optional(),
  name: z.string().optional(),
})
export type AccessCheck = z.infer<typeof accessCheck>

export const accessRequest = z.strictObject({ checks: z.array(accessCheck).min(1).max(100) })
export type AccessRequest = z.infer<typeof accessRequest>

/** The answers in the order of the checks; at most 60 s old. */
export const accessAnswer = z.object({
  results: z.array(z.object({ allowed: z.boolean(), reason: z.string().optional() })),
})
export type AccessAnswer = z.infer<typeof accessAnswer>
