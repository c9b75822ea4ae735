import {
  Alert,
  AlertActionLink,
  Button,
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  Content,
  Stack,
  StackItem,
  Tooltip,
} from '@patternfly/react-core'
import { PlusCircleIcon } from '@patternfly/react-icons'
import { isBaseTemplate, type Template } from '@virtdeck/kubevirt'
import type { ReactNode } from 'react'
import { FormProvider } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { FieldProblem } from '../fields/form-problems.ts'
import { EditableTable, type EditableRow } from '../fields/EditableTable.tsx'
import { FormProblems } from '../fields/form-problems.ts'
import { RefusalAlert } from '../fields/RefusalAlert.tsx'
import type { DeviceEditing } from './use-device-editing.ts'
import { useEditRefusal } from './use-edit-refusal.ts'

interface DeviceCardProps {
  template: Template
  title: string
  none: string
  columns: readonly string[]
  rows: readonly EditableRow[]
  devices: Omit<DeviceEditing, 'rows' | 'add'> & { problems: readonly FieldProblem[] }
  /** The fields of the open row. */
  editor: ReactNode
  /** What concerns the rows together; `lockedReason` says why it cannot be changed now. */
  footer?: (lockedReason: string | undefined) => ReactNode
  add: readonly { label: string; onClick: () => void }[]
}

/** A template's disks or NICs: rows that are edited in place, and saved one by one. */
export function DeviceCard(props: DeviceCardProps) {
  const { template, title, none, columns, rows, devices, editor, add } = props
  const { t } = useTranslation()
  const refusal = useEditRefusal(template)
  const { editing, error, mismatch } = devices
  const isConflict = error?.status === 409
  const locked = refusal ?? (editing ? t('template.devices.finishFirst') : undefined)
  return (
    <Card>
      <CardHeader
        actions={{
          hasNoOffset: true,
          actions: add.map(({ label, onClick }) => (
            <AddButton key={label} label={label} reason={locked} onClick={onClick} />
          )),
        }}
      >
        <CardTitle component="h2">{title}</CardTitle>
      </CardHeader>
      <CardBody>
        <Stack hasGutter>
          {isBaseTemplate(template) && refusal === undefined && (
            <StackItem>
              <Alert isInline isPlain variant="info" title={t('template.devices.baseNote')} />
            </StackItem>
          )}
          {mismatch !== undefined && (
            <StackItem>
              <Alert isInline variant="danger" title={mismatch} />
            </StackItem>
          )}
          {error && isConflict && (
            <StackItem>
              <Alert
                isInline
                variant="warning"
                title={t('template.devices.conflict')}
                actionLinks={
                  editing && (
                    <AlertActionLink onClick={devices.saveAnyway}>
                      {t('template.devices.saveAnyway')}
                    </AlertActionLink>
                  )
                }
              >
                {t('template.devices.conflictBody')}
              </Alert>
            </StackItem>
          )}
          {error && !isConflict && (
            <StackItem>
              <RefusalAlert title={t('template.devices.refused')} error={error} />
            </StackItem>
          )}
          <StackItem>
            <FormProvider {...devices.form}>
              <FormProblems value={devices.problems}>
                {rows.length === 0 ? (
                  <Content component="p">{none}</Content>
                ) : (
                  <EditableTable
                    label={title}
                    columns={columns}
                    rows={rows}
                    editing={editing?.index}
                    editor={editor}
                    lockedReason={locked}
                    onEdit={devices.edit}
                    onAccept={devices.accept}
                    onRevert={devices.revert}
                    onRemove={(index) => void devices.remove(index)}
                  />
                )}
              </FormProblems>
            </FormProvider>
          </StackItem>
          {props.footer && <StackItem>{props.footer(locked)}</StackItem>}
        </Stack>
      </CardBody>
    </Card>
  )
}

interface AddButtonProps {
  label: string
  reason: string | undefined
  onClick: () => void
}

function AddButton({ label, reason, onClick }: AddButtonProps) {
  const button = (
    <Button
      variant="secondary"
      icon={<PlusCircleIcon />}
      isAriaDisabled={reason !== undefined}
      onClick={onClick}
    >
      {label}
    </Button>
  )
  return reason === undefined ? button : <Tooltip content={reason}>{button}</Tooltip>
}
