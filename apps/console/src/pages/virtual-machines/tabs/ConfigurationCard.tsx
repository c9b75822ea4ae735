import { Button, Card, CardBody, CardTitle, Tooltip } from '@patternfly/react-core'
import { PencilAltIcon } from '@patternfly/react-icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { EditDialog } from '../../../forms/virtual-machine-edit/edit-form.ts'
import { DetailsList } from '../../../ui/DetailsList.tsx'
import styles from './ConfigurationCard.module.css'

export interface ConfigurationItem {
  term: string
  value: ReactNode
  /** A dialog of this tab, or an action of the registry; nothing where it cannot be edited. */
  edit?: EditDialog | { onSelect: () => void; disabledReason: string | undefined } | undefined
  /** Why it cannot be edited here. */
  keptReason?: string | undefined
}

interface ConfigurationCardProps {
  title: string
  items: readonly ConfigurationItem[]
  /** Why this user can edit nothing. */
  disabledReason: string | undefined
  onEdit: (Dialog: EditDialog) => void
}

export function ConfigurationCard(props: ConfigurationCardProps) {
  const { title, items, disabledReason, onEdit } = props
  return (
    <Card>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        <DetailsList
          details={items.map(({ term, value, edit, keptReason }) => ({
            term,
            value: (
              <div className={styles['item']}>
                <div>{value}</div>
                {edit && (
                  <EditButton
                    term={term}
                    disabledReason={
                      keptReason ?? ('onSelect' in edit ? edit.disabledReason : disabledReason)
                    }
                    onClick={() => ('onSelect' in edit ? edit.onSelect() : onEdit(edit))}
                  />
                )}
              </div>
            ),
          }))}
        />
      </CardBody>
    </Card>
  )
}

interface EditButtonProps {
  term: string
  disabledReason: string | undefined
  onClick: () => void
}

function EditButton({ term, disabledReason, onClick }: EditButtonProps) {
  const { t } = useTranslation()
  const button = (
    <Button
      variant="plain"
      size="sm"
      hasNoPadding
      icon={<PencilAltIcon />}
      aria-label={t('configuration.edit', { subject: term })}
      isAriaDisabled={disabledReason !== undefined}
      onClick={onClick}
    />
  )
  return disabledReason === undefined ? (
    button
  ) : (
    <Tooltip content={disabledReason}>{button}</Tooltip>
  )
}
