import { z } from 'zod'

/**
 * Every failed request to the BFF answers this body. What the cluster refused keeps its
 * own words in `message`, `reason` and `causes` (a Kubernetes Status, passed through).
 */
export const apiErrorBody = z.object({
  status: z.number().int(),
  reason: z.string(),
  message: z.string(),
  causes: z
    .array(
      z.object({
        field: z.string().optional(),
        message: z.string().optional(),
        reason: z.string().optional(),
      }),
    )
    .optional(),
  /** Finds the request in the BFF's log. */
  requestId: z.string().optional(),
})
export type ApiErrorBody = z.infer<typeof apiErrorBody>
