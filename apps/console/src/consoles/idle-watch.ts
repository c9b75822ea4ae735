interface Watched {
  lastSeen: number
  minutes: number
  onIdle: () => void
}

/** Knows when somebody last touched each open console, also while another one is shown. */
export function createIdleWatch({ now = Date.now }: { now?: () => number } = {}) {
  const consoles = new Map<object, Watched>()
  return {
    /** Begins to watch a console, or goes on with other options. */
    watch(console: object, options: Omit<Watched, 'lastSeen'>): void {
      const { lastSeen = now() } = consoles.get(console) ?? {}
      consoles.set(console, { ...options, lastSeen })
    },

    touch(console: object): void {
      const watched = consoles.get(console)
      if (watched) watched.lastSeen = now()
    },

    /** It is closed. */
    forget: (console: object): boolean => consoles.delete(console),

    /** Calls `onIdle` of those that nobody has touched for their time. */
    check(): void {
      for (const { lastSeen, minutes, onIdle } of consoles.values()) {
        if (now() - lastSeen >= minutes * 60_000) onIdle()
      }
    },
  }
}

export const idleWatch = createIdleWatch()
