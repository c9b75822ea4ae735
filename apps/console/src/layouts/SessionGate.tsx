import { useQuery } from '@tanstack/react-query'
import { Navigate, Outlet, useLocation } from 'react-router'
import { LiveProvider } from '../live/LiveProvider.tsx'
import { toApiError } from '../live/api-error.ts'
import { sessionQuery } from '../live/session.ts'
import { paths } from '../paths.ts'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Loading } from '../ui/Loading.tsx'

/** Lets signed-in users through; others sign in first and come back to the same URL. */
export function SessionGate() {
  const { data: session, error, refetch } = useQuery(sessionQuery)
  const { pathname, search } = useLocation()
  if (session) {
    return (
      <LiveProvider key={session.user.name}>
        <Outlet />
      </LiveProvider>
    )
  }
  if (session === null) {
    const next = pathname === paths.home() ? undefined : pathname + search
    return <Navigate to={paths.login({ next })} replace />
  }
  if (error)
    return (
      <ErrorState headingLevel="h1" error={toApiError(error)} onRetry={() => void refetch()} />
    )
  return <Loading />
}
