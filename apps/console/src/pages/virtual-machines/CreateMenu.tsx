import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useProject } from '../../layouts/use-project.ts'
import { paths } from '../../paths.ts'

export function CreateMenu() {
  const { t } = useTranslation()
  const namespace = useProject()
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
          {t('virtualMachine.create.label')}
        </MenuToggle>
      )}
    >
      <DropdownList>
        <DropdownItem
          description={t('virtualMachine.create.wizardHint')}
          onClick={() => void navigate(paths.virtualMachineCreate({ namespace }))}
        >
          {t('virtualMachine.create.wizard')}
        </DropdownItem>
        <DropdownItem
          description={t('virtualMachine.create.yamlHint')}
          onClick={() => void navigate(paths.importYaml({ namespace }))}
        >
          {t('virtualMachine.create.yaml')}
        </DropdownItem>
      </DropdownList>
    </Dropdown>
  )
}
