import {
  Button,
  DropdownItem,
  DropdownList,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
  Tooltip,
} from '@patternfly/react-core'
import { EllipsisVIcon } from '@patternfly/react-icons'
import type { VirtualMachineRow, VirtualMachinesQuery } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { MAX_SHOWN } from '../../../consoles/shown-consoles.ts'
import { openDialog } from '../../../feedback/dialogs.ts'
import { useLiveQuery } from '../../../live/use-live-query.ts'
import { paths } from '../../../paths.ts'
import { BulkDialog } from './BulkDialog.tsx'
import { useBulkActions, type BulkAction } from './use-bulk-actions.ts'
import { LongMenu } from '../../../ui/LongMenu.tsx'

interface BulkBarProps {
  /** What is selected, as it was then. */
  rows: readonly VirtualMachineRow[]
  namespace: string | undefined
  onClear: () => void
}

/** Those that most people want have a button of their own. */
const PROMINENT: readonly string[] = ['start', 'stop', 'restart', 'delete']

/** What can be done with the selected VMs; each action says for how many of them. */
export function BulkBar({ rows, namespace, onClear }: BulkBarProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const actions = useBulkActions(useSelectionNow(rows, namespace))
  const isProminent = ({ action }: BulkAction) => PROMINENT.includes(action.name)
  const labelOf = ({ action, targets }: BulkAction) =>
    t('actions.bulk.label', {
      action: t(`actions.${action.name}.label`),
      count: targets.length,
    })
  const open = (chosen: BulkAction) =>
    openDialog((onClose) => <BulkDialog {...chosen} onClose={onClose} />)
  return (
    <Toolbar aria-label={t('actions.bulk.bar')}>
      <ToolbarContent alignItems="center">
        <ToolbarItem>
          <output>{t('actions.bulk.selected', { count: rows.length })}</output>
        </ToolbarItem>
        {actions.filter(isProminent).map((offered) => (
          <ToolbarItem key={offered.action.name}>
            <BulkButton
              offered={offered}
              label={labelOf(offered)}
              onClick={() => open(offered)}
            />
          </ToolbarItem>
        ))}
        {rows.length <= MAX_SHOWN && (
          <ToolbarItem>
            <Button
              variant="secondary"
              size="sm"
              onClick={() => void navigate(paths.consoles({ virtualMachines: rows }))}
            >
              {t('consoles.wall.bulk', { count: rows.length })}
            </Button>
          </ToolbarItem>
        )}
        <ToolbarItem>
          <MoreActions
            actions={actions.filter((offered) => !isProminent(offered))}
            labelOf={labelOf}
            onChoose={open}
          />
        </ToolbarItem>
        <ToolbarItem>
          <Button variant="link" onClick={onClear}>
            {t('actions.bulk.clear')}
          </Button>
        </ToolbarItem>
      </ToolbarContent>
    </Toolbar>
  )
}

/** Selected rows may be on pages that are not shown: their states are followed all the same. */
function useSelectionNow(
  rows: readonly VirtualMachineRow[],
  namespace: string | undefined,
): readonly VirtualMachineRow[] {
  const { data } = useLiveQuery<VirtualMachinesQuery>({
    kind: 'virtualMachines',
    ...(namespace !== undefined && { namespace }),
    keys: rows.map(({ key }) => key),
    sort: { column: 'name', direction: 'ascending' },
    offset: 0,
    limit: rows.length,
  })
  const now = new Map(data?.rows.map((row) => [row.key, row]))
  return rows.map((row) => now.get(row.key) ?? row)
}

interface BulkButtonProps {
  offered: BulkAction
  label: string
  onClick: () => void
}

function BulkButton({ offered, label, onClick }: BulkButtonProps) {
  const { action, targets, skipped } = offered
  const isDisabled = targets.length === 0
  const button = (
    <Button
      variant="secondary"
      size="sm"
      isDanger={(action.isDanger ?? false) && !isDisabled}
      isAriaDisabled={isDisabled}
      onClick={onClick}
    >
      {label}
    </Button>
  )
  if (!isDisabled) return button
  return <Tooltip content={skipped[0]?.reason}>{button}</Tooltip>
}

interface MoreActionsProps {
  actions: readonly BulkAction[]
  labelOf: (action: BulkAction) => string
  onChoose: (action: BulkAction) => void
}

function MoreActions({ actions, labelOf, onChoose }: MoreActionsProps) {
  const { t } = useTranslation()
  return (
    <LongMenu
      toggle={{
        variant: 'plain',
        'aria-label': t('actions.bulk.more'),
        icon: <EllipsisVIcon />,
      }}
    >
      <DropdownList>
        {actions.map((offered) => {
          const { action, targets, skipped } = offered
          const { icon: Icon, name } = action
          const reason = targets.length === 0 ? skipped[0]?.reason : undefined
          return (
            <DropdownItem
              key={name}
              icon={<Icon />}
              isAriaDisabled={targets.length === 0}
              onClick={() => onChoose(offered)}
              {...(reason !== undefined && { tooltipProps: { content: reason } })}
            >
              {labelOf(offered)}
            </DropdownItem>
          )
        })}
      </DropdownList>
    </LongMenu>
  )
}
