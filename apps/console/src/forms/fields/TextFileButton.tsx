import { Button } from '@patternfly/react-core'
import { UploadIcon } from '@patternfly/react-icons'
import { useRef } from 'react'

interface TextFileButtonProps {
  label: string
  /** Kinds of files, as an input of a page takes them. */
  accept: string
  onText: (text: string) => void
}

/** Reads a text file from the computer. */
export function TextFileButton({ label, accept, onText }: TextFileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <div>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        aria-label={label}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          // The same file may be chosen again after it was changed.
          event.target.value = ''
          if (file) void file.text().then(onText)
        }}
      />
      <Button
        variant="link"
        isInline
        icon={<UploadIcon />}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
    </div>
  )
}
