import { Button } from '@patternfly/react-core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'

interface ChooseFilesButtonProps {
  onChoose: (files: readonly File[]) => void
}

export function ChooseFilesButton({ onChoose }: ChooseFilesButtonProps) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button variant="secondary" onClick={() => input.current?.click()}>
        {t('yaml.files.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".yaml,.yml,.json"
        aria-label={t('yaml.files.choose')}
        onChange={({ currentTarget }) => {
          onChoose([...(currentTarget.files ?? [])])
          // The same file again is a choice too: it may have changed.
          currentTarget.value = ''
        }}
      />
    </>
  )
}
