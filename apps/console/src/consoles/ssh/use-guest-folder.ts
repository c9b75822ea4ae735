import { useCallback, useEffect, useState } from 'react'
import { SshFileError, type GuestFolder, type SshFailure, type SshFiles } from './ssh-files.ts'

/** The user's own. */
const HOME = '.'

interface Result {
  path: string
  version: number
  failure?: SshFailure
}

export interface OpenFolder {
  /** Undefined until the first one has come. */
  shown: GuestFolder | undefined
  failure: SshFailure | undefined
  isLoading: boolean
  open: (path: string) => void
  reload: () => void
}

/** A folder of the guest as it was when it was opened. */
export function useGuestFolder(files: SshFiles): OpenFolder {
  const [asked, setAsked] = useState({ path: HOME, version: 0 })
  const [result, setResult] = useState<Result | undefined>(undefined)
  const [shown, setShown] = useState<GuestFolder | undefined>(undefined)
  useEffect(() => {
    let isOver = false
    async function read(): Promise<void> {
      try {
        const folder = await files.list(asked.path)
        if (isOver) return
        setResult(asked)
        setShown(folder)
      } catch (error) {
        if (!isOver) setResult({ ...asked, failure: failureOf(error) })
      }
    }
    void read()
    return () => {
      isOver = true
    }
  }, [files, asked])
  const open = useCallback(
    (path: string) => setAsked((now) => ({ path, version: now.version + 1 })),
    [],
  )
  const reload = useCallback(
    () => setAsked((now) => ({ ...now, version: now.version + 1 })),
    [],
  )
  const isAnswered = result?.version === asked.version
  return {
    shown,
    failure: isAnswered ? result.failure : undefined,
    isLoading: !isAnswered,
    open,
    reload,
  }
}

const failureOf = (error: unknown): SshFailure =>
  error instanceof SshFileError ? error.failure : { reason: 'failed', message: String(error) }
