import { useCallback, useState } from 'react'
import { SshFileError, type SshFiles } from './ssh-files.ts'

interface WantedUpload {
  file: File
  path: string
}

/** Uploads that the guest has a file for already; each is asked about. */
export function useUploads(files: SshFiles, { onUploaded }: { onUploaded: () => void }) {
  const [taken, setTaken] = useState<readonly WantedUpload[]>([])

  const run = useCallback(
    async (wanted: WantedUpload, overwrites: boolean) => {
      const { file, path } = wanted
      try {
        await files.upload(file, { path, overwrites })
        onUploaded()
      } catch (error) {
        const isTaken = error instanceof SshFileError && error.failure.reason === 'exists'
        // The list of transfers tells what else is wrong.
        if (isTaken) setTaken((now) => [...now, wanted])
      }
    },
    [files, onUploaded],
  )
  const add = useCallback(
    (wanted: readonly WantedUpload[]) => {
      // One after the other: together they would be no faster.
      void (async () => {
        for (const each of wanted) await run(each, false)
      })()
    },
    [run],
  )

  const [asking] = taken
  const next = () => setTaken((now) => now.slice(1))
  return {
    asking,
    add,
    replace: () => {
      next()
      if (asking) void run(asking, true)
    },
    skip: next,
  }
}
