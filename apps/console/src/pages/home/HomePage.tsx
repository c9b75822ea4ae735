import { Navigate } from 'react-router'
import { useSession } from '../../live/session.ts'
import { paths } from '../../paths.ts'

/** Until there is a dashboard, the console starts at the user's own virtual machines. */
export default function HomePage() {
  const { defaultNamespace } = useSession()
  return <Navigate to={paths.virtualMachines({ namespace: defaultNamespace })} replace />
}
