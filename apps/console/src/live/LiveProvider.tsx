import { useQueryClient } from '@tanstack/react-query'
import { privateRoutes } from '@virtdeck/bff-contract'
import {
  createContext,
  use,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import { LiveSocket, type LiveSocketState } from './live-socket.ts'
import { LiveSubscriptions } from './live-subscriptions.ts'
import { endSession } from './session.ts'

interface Live {
  socket: LiveSocket
  subscriptions: LiveSubscriptions
}

const LiveContext = createContext<Live | undefined>(undefined)

/** Gives the signed-in pages their one live socket; it closes with them. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient()
  const [live, setLive] = useState<Live>()
  useEffect(() => {
    const socket = new LiveSocket({
      connect: () => new WebSocket(privateRoutes.live),
      onSessionEnded: () => endSession(queryClient),
    })
    // A socket belongs to one mount: StrictMode's second mount needs another.
    // oxlint-disable-next-line react/set-state-in-effect
    setLive({ socket, subscriptions: new LiveSubscriptions(socket, queryClient) })
    return () => socket.close()
  }, [queryClient])
  return live && <LiveContext value={live}>{children}</LiveContext>
}

export function useLive(): Live {
  const live = use(LiveContext)
  if (!live) throw new Error('live queries need a <LiveProvider>')
  return live
}

export function useLiveConnection(): { state: LiveSocketState; retryNow: () => void } {
  const { socket } = useLive()
  const state = useSyncExternalStore(
    (listener) => socket.onStateChange(listener),
    () => socket.state,
  )
  return { state, retryNow: () => socket.retryNow() }
}
