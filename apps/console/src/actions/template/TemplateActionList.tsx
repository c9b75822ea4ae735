import { Divider, DropdownItem, DropdownList } from '@patternfly/react-core'
import { BoltIcon, CopyIcon, PlusCircleIcon, TrashIcon } from '@patternfly/react-icons'
import {
  isBaseTemplate,
  parametersToAsk,
  virtualMachineOf,
  type Template,
} from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAccess } from '../../live/use-access.ts'
import { paths } from '../../paths.ts'
import type { TemplateDialog } from './TemplateMenu.tsx'
import { useDeleteTemplate } from './use-delete-template.ts'

interface TemplateActionListProps {
  template: Template
  /** Where new objects go unless the user says otherwise. */
  project: string | undefined
  onDialog: (dialog: TemplateDialog) => void
}

const DELETE = { verb: 'delete', group: 'template.openshift.io', resource: 'templates' }

/** What cannot be done stays and says why, on hover and focus. */
export function TemplateActionList({ template, project, onDialog }: TemplateActionListProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const remove = useDeleteTemplate(template)
  const { namespace = '', name = '' } = template.metadata ?? {}
  const [access] = useAccess([{ ...DELETE, namespace }])
  const asked = parametersToAsk(template)

  const makesNothing = virtualMachineOf(template) ? undefined : t('template.noVirtualMachine')
  const needsValues =
    asked.length > 0
      ? t('template.actions.quickCreate.needsValues', { parameters: asked.join(', ') })
      : undefined
  const mayNotDelete = () => {
    if (access?.allowed === undefined) return t('actions.checkingPermission')
    if (access.allowed) return undefined
    return isBaseTemplate(template)
      ? t('template.actions.delete.base')
      : t('actions.noPermission', { namespace })
  }
  return (
    <DropdownList>
      <DropdownItem
        icon={<PlusCircleIcon />}
        onClick={() =>
          void navigate(
            paths.virtualMachineCreate({
              namespace: project,
              template: `${namespace}/${name}`,
            }),
          )
        }
        {...disabled(makesNothing)}
      >
        {t('template.actions.create')}
      </DropdownItem>
      <DropdownItem
        icon={<BoltIcon />}
        onClick={() => onDialog('quickCreate')}
        {...disabled(makesNothing ?? needsValues)}
      >
        {t('template.actions.quickCreate.label')}
      </DropdownItem>
      <DropdownItem icon={<CopyIcon />} onClick={() => onDialog('clone')}>
        {t('template.actions.clone.label')}
      </DropdownItem>
      <Divider component="li" />
      <DropdownItem
        icon={<TrashIcon />}
        isDanger={mayNotDelete() === undefined}
        onClick={() => void remove()}
        {...disabled(mayNotDelete())}
      >
        {t('template.actions.delete.label')}
      </DropdownItem>
    </DropdownList>
  )
}

const disabled = (reason: string | undefined) =>
  reason === undefined
    ? {}
    : { isAriaDisabled: true, tooltipProps: { content: reason, position: 'left' as const } }
