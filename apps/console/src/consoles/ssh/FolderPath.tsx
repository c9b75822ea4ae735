import { Button, InputGroup, InputGroupItem, TextInput } from '@patternfly/react-core'
import { LevelUpAltIcon } from '@patternfly/react-icons/dist/esm/icons/level-up-alt-icon'
import { SyncAltIcon } from '@patternfly/react-icons/dist/esm/icons/sync-alt-icon'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parentOf } from './guest-paths.ts'
import type { OpenFolder } from './use-guest-folder.ts'

/** Where one is, and how to get elsewhere. */
export function FolderPath({ folder }: { folder: OpenFolder }) {
  const { t } = useTranslation()
  const { shown, open, reload } = folder
  /** Undefined while nobody types. */
  const [typed, setTyped] = useState<string | undefined>(undefined)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (typed?.trim()) open(typed.trim())
        setTyped(undefined)
      }}
    >
      <InputGroup>
        <InputGroupItem>
          <Button
            variant="control"
            icon={<LevelUpAltIcon />}
            aria-label={t('ssh.files.up')}
            isDisabled={!shown || shown.path === '/'}
            onClick={() => shown && open(parentOf(shown.path))}
          />
        </InputGroupItem>
        <InputGroupItem isFill>
          <TextInput
            aria-label={t('ssh.files.folder')}
            value={typed ?? shown?.path ?? ''}
            spellCheck={false}
            onChange={(_event, value) => setTyped(value)}
          />
        </InputGroupItem>
        <InputGroupItem>
          <Button
            variant="control"
            icon={<SyncAltIcon />}
            aria-label={t('ssh.files.reload')}
            onClick={reload}
          />
        </InputGroupItem>
      </InputGroup>
    </form>
  )
}
