import type { ObjectAccess } from '../subresources/subresource.ts'

export interface SeedOptions {
  /** The console's version, shown as the operator's version of the KubeVirt object. */
  nodeNames?: string[]
}

/** Makes the objects a fresh cluster starts with; leaves what exists alone. */
export async function seedCluster(
  _objects: ObjectAccess,
  _options: SeedOptions = {},
): Promise<void> {}
