import type { ResourceIndex } from './resource-index.ts'

/** Something made of the kinds that are served, made anew when they change. */
export function byGeneration<T>(
  resources: Pick<ResourceIndex, 'generation'>,
  make: () => T,
): () => T {
  let made: { value: T; generation: number } | undefined
  return () => {
    if (made?.generation !== resources.generation) {
      made = { value: make(), generation: resources.generation }
    }
    return made.value
  }
}
