import { EllipsisVIcon } from '@patternfly/react-icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LongMenu } from '../ui/LongMenu.tsx'

interface ActionsMenuProps {
  /** Whose actions they are. */
  name: string
  /** ⋮ in a row, "Actions" on a page. */
  variant: 'kebab' | 'button'
  /** Rights are asked for when the menu opens: a row costs no request. */
  children: ReactNode
}

export function ActionsMenu({ name, variant, children }: ActionsMenuProps) {
  const { t } = useTranslation()
  return (
    <LongMenu
      popperProps={{ position: 'right' }}
      toggle={
        variant === 'kebab'
          ? {
              variant: 'plain',
              'aria-label': t('actions.menuOf', { name }),
              icon: <EllipsisVIcon />,
            }
          : { children: t('actions.menu') }
      }
    >
      {children}
    </LongMenu>
  )
}
