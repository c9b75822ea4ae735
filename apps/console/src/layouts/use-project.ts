import { useParams, useSearchParams } from 'react-router'

/** The chosen project: an object's own on its pages, `?namespace=` on lists; undefined = all. */
export function useProject(): string | undefined {
  const { namespace } = useParams()
  const [search] = useSearchParams()
  return namespace ?? search.get('namespace') ?? undefined
}
