import { Divider, DropdownItem, DropdownList } from '@patternfly/react-core'
import { BoltIcon, CopyIcon, PlusCircleIcon, TrashIcon } from '@patternfly/react-icons'
import { isBaseTemplate, virtualMachineOf, type Template } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAccess, type Access } from '../../live/use-access.ts'
import { paths } from '../../paths.ts'
import { CREATE_TEMPLATE, CREATE_VIRTUAL_MACHINE } from './creation-access.ts'
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
  const target = project === undefined ? {} : { namespace: project }
  const [access, mayCreate, mayClone] = useAccess([
    { ...DELETE, namespace },
    { ...CREATE_VIRTUAL_MACHINE, ...target },
    { ...CREATE_TEMPLATE, ...target },
  ])

  const makesNothing = virtualMachineOf(template) ? undefined : t('template.noVirtualMachine')
  // Without a project the dialog asks for one, and whether it may be that one.
  const mayNot = (creation: Access | undefined) => {
    if (project === undefined || creation?.allowed) return undefined
    return creation?.allowed === undefined
      ? t('actions.checkingPermission')
      : t('actions.noPermission', { namespace: project })
  }
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
        {...disabled(makesNothing ?? mayNot(mayCreate))}
      >
        {t('template.actions.quickCreate.label')}
      </DropdownItem>
      <DropdownItem
        icon={<CopyIcon />}
        onClick={() => onDialog('clone')}
        {...disabled(mayNot(mayClone))}
      >
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
