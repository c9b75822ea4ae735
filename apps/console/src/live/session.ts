import { queryOptions, useSuspenseQuery, type QueryClient } from '@tanstack/react-query'
import {
  privateRoutes,
  publicRoutes,
  session,
  signInOptions,
  type Session,
  type SignInRequest,
} from '@virtdeck/bff-contract'
import { ApiError } from './api-error.ts'
import { request, requestJson } from './request.ts'

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Infinity,
  gcTime: Infinity,
  retry: false,
  queryFn: async (): Promise<Session | null> => {
    try {
      return await requestJson(privateRoutes.session, { parse: session.parse })
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null
      throw error
    }
  },
})

export const signInOptionsQuery = queryOptions({
  queryKey: ['sign-in-options'],
  staleTime: 60_000,
  queryFn: () => requestJson(publicRoutes.signInOptions, { parse: signInOptions.parse }),
})

/** The session on pages behind the login page, where there always is one. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery)
  if (!data) throw new Error('useSession() needs a signed-in user')
  return data
}

/** Tells the other tabs, which share the cookie, that somebody signed in or out. */
const tabs = new BroadcastChannel('virtdeck.session')

/** Follows the other tabs: they must not go on showing what the previous user could see. */
export function followOtherTabs(queryClient: QueryClient): void {
  tabs.addEventListener('message', () => void readAgain(queryClient))
}

async function readAgain(queryClient: QueryClient): Promise<void> {
  const before = queryClient.getQueryData(sessionQuery.queryKey)
  const now = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
  // The same user again: what is shown, and what is typed in forms, may stay.
  if (now?.user.name !== before?.user.name) enter(queryClient, now)
}

/** Nothing of the previous user may stay in the cache. */
function enter(queryClient: QueryClient, entered: Session | null): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
  queryClient.setQueryData(sessionQuery.queryKey, entered)
}

export async function signIn(queryClient: QueryClient, body: SignInRequest): Promise<void> {
  const entered = await requestJson(publicRoutes.session, {
    method: 'POST',
    body,
    parse: session.parse,
  })
  enter(queryClient, entered)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no origins
  tabs.postMessage('changed')
}

export async function signOut(queryClient: QueryClient): Promise<void> {
  await request(privateRoutes.session, { method: 'DELETE' })
  enter(queryClient, null)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no origins
  tabs.postMessage('changed')
}

/** The server said 401: the session is over. The session gate then shows the login page. */
export function endSession(queryClient: QueryClient): void {
  if (queryClient.getQueryData(sessionQuery.queryKey)) enter(queryClient, null)
}
