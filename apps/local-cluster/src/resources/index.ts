import type { ResourceDefinition } from '../registry.ts'

/** Every kind the API server knows. */
export const RESOURCES: ResourceDefinition[] = []
