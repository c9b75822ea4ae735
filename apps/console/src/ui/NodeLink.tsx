import { Link } from 'react-router'
import { paths } from '../paths.ts'

/** Where something runs; nothing while that is not known. */
export function NodeLink({ name }: { name: string | undefined }) {
  return name === undefined ? null : <Link to={paths.node(name)}>{name}</Link>
}
