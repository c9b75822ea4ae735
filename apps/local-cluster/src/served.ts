import type { LocalClusterOptions } from './local-cluster.ts'
import { RESOURCES } from './resources/index.ts'
import { seedCluster } from './seed/index.ts'
import { SUBRESOURCES } from './subresources/index.ts'

/** All that the API server serves and is filled with, but for some resources: `plural.group`. */
export function servedWithout(
  names: readonly string[],
): Pick<LocalClusterOptions, 'resources' | 'subresources' | 'seed'> {
  const isServed = ({ resource, group }: { resource: string; group: string }) =>
    !names.includes(`${resource}.${group}`)
  return {
    resources: RESOURCES.filter(isServed),
    subresources: SUBRESOURCES.filter(isServed),
    seed: (objects) => seedCluster(objects, isServed),
  }
}
