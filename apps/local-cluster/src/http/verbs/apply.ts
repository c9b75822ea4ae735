import { statusErrors } from '@virtdeck/kubernetes'
import type { RequestContext } from '../request-context.ts'
export async function applyObject(_: RequestContext): Promise<void> {
  throw statusErrors.internal('not yet')
}
