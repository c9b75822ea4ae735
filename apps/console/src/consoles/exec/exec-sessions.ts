import { createStore } from '../../feedback/store.ts'
import { createExecSession, type ExecSession } from './exec-session.ts'
import { shellCommand, type ShellChoice } from './shells.ts'

export interface ExecChoice {
  container: string
  shell: ShellChoice
}

const keyOf = ({ container, shell }: ExecChoice) => `${container}/${shell}`

/** The terminals of one pod's page. */
export function createExecSessions(pod: { namespace: string; name: string }) {
  const sessions = new Map<string, ExecSession>()
  /** Counts sessions that came or went. */
  const version = createStore(0)
  const changed = () => version.set(version.get() + 1)

  return {
    /** The session as a React hook; undefined while it is not open. */
    use(choice: ExecChoice): ExecSession | undefined {
      version.use()
      return sessions.get(keyOf(choice))
    },

    open(choice: ExecChoice): void {
      if (sessions.has(keyOf(choice))) return
      const { container, shell } = choice
      sessions.set(
        keyOf(choice),
        createExecSession({
          namespace: pod.namespace,
          pod: pod.name,
          container,
          command: shellCommand(shell),
        }),
      )
      changed()
    },

    closeAll(): void {
      for (const session of sessions.values()) session.dispose()
      sessions.clear()
      changed()
    },
  }
}

export type ExecSessions = ReturnType<typeof createExecSessions>
