import { Dropdown, MenuToggle } from '@patternfly/react-core'
import { EllipsisVIcon } from '@patternfly/react-icons'
import type { Template } from '@virtdeck/kubevirt'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProject } from '../../layouts/use-project.ts'
import { CloneDialog } from './CloneDialog.tsx'
import { projectFor } from './project-for.ts'
import { QuickCreateDialog } from './QuickCreateDialog.tsx'
import { TemplateActionList } from './TemplateActionList.tsx'

interface TemplateMenuProps {
  template: Template
  /** ⋮ in a row, "Actions" on a page. */
  variant: 'kebab' | 'button'
}

export type TemplateDialog = 'quickCreate' | 'clone'

/** Rights are asked for when the menu opens: a row costs no request. */
export function TemplateMenu({ template, variant }: TemplateMenuProps) {
  const { t } = useTranslation()
  const project = projectFor(template, useProject())
  const [isOpen, setIsOpen] = useState(false)
  const [dialog, setDialog] = useState<TemplateDialog>()
  const isKebab = variant === 'kebab'
  const dialogProps = { template, project, onClose: () => setDialog(undefined) }
  return (
    <>
      <Dropdown
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        onSelect={() => setIsOpen(false)}
        popperProps={{ position: 'right' }}
        toggle={(ref) => (
          <MenuToggle
            ref={ref}
            variant={isKebab ? 'plain' : 'default'}
            isExpanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
            {...(isKebab && {
              'aria-label': t('actions.menuOf', { name: template.metadata?.name }),
              icon: <EllipsisVIcon />,
            })}
          >
            {isKebab ? null : t('actions.menu')}
          </MenuToggle>
        )}
      >
        {isOpen && (
          <TemplateActionList template={template} project={project} onDialog={setDialog} />
        )}
      </Dropdown>
      {dialog === 'quickCreate' && <QuickCreateDialog {...dialogProps} />}
      {dialog === 'clone' && <CloneDialog {...dialogProps} />}
    </>
  )
}
