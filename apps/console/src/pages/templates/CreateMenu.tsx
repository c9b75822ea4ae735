import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../../paths.ts'

export function CreateMenu({ namespace }: { namespace: string | undefined }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Dropdown
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      onSelect={() => setIsOpen(false)}
      popperProps={{ position: 'right' }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          variant="primary"
          isExpanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {t('template.create.menu')}
        </MenuToggle>
      )}
    >
      <DropdownList>
        <DropdownItem
          description={t('template.create.wizardHint')}
          onClick={() => void navigate(paths.templateCreate({ namespace }))}
        >
          {t('template.create.withWizard')}
        </DropdownItem>
        <DropdownItem
          description={t('template.create.yamlHint')}
          onClick={() => void navigate(paths.importYaml({ namespace, example: 'template' }))}
        >
          {t('template.create.withYaml')}
        </DropdownItem>
      </DropdownList>
    </Dropdown>
  )
}
