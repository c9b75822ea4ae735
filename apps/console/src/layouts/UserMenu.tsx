import {
  Dropdown,
  DropdownGroup,
  DropdownItem,
  DropdownList,
  MenuToggle,
} from '@patternfly/react-core'
import { UserIcon } from '@patternfly/react-icons'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signOut, useSession } from '../live/session.ts'
import { useMutation } from '../live/use-mutation.ts'
import styles from './TopBar.module.css'

export function UserMenu() {
  const { t } = useTranslation()
  const { user } = useSession()
  const queryClient = useQueryClient()
  const [isOpen, setIsOpen] = useState(false)
  const { mutate: leave } = useMutation({
    run: () => signOut(queryClient),
    failureTitle: () => t('shell.signOutFailed'),
  })
  return (
    <Dropdown
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      onSelect={() => setIsOpen(false)}
      popperProps={{ position: 'right' }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          variant="plainText"
          icon={<UserIcon />}
          aria-label={t('shell.userMenu', { name: user.name })}
          isExpanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          <span className={styles['userName']}>{user.name}</span>
        </MenuToggle>
      )}
    >
      <DropdownGroup label={t('shell.signedInAs', { name: user.name })}>
        <DropdownList>
          <DropdownItem onClick={() => leave(undefined)}>{t('shell.signOut')}</DropdownItem>
        </DropdownList>
      </DropdownGroup>
    </Dropdown>
  )
}
