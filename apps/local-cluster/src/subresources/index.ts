import type { SubresourceHandler } from './subresource.ts'

/** Every subresource besides `/status`, which the verbs of each kind answer themselves. */
export const SUBRESOURCES: SubresourceHandler[] = []
