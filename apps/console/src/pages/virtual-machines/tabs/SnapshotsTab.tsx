import {
  Alert,
  Button,
  Flex,
  PageSection,
  Stack,
  StackItem,
  Tooltip,
} from '@patternfly/react-core'
import { CameraIcon } from '@patternfly/react-icons'
import { RESOURCES } from '@virtdeck/kubernetes'
import { notableRestore } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { openDialog } from '../../../feedback/dialogs.ts'
import { useAccess } from '../../../live/use-access.ts'
import { DataTable } from '../../../table/DataTable.tsx'
import { EmptyContent } from '../../../ui/EmptyContent.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Loading } from '../../../ui/Loading.tsx'
import { snapshotColumns } from '../snapshots/snapshot-columns.tsx'
import { SnapshotMenu } from '../snapshots/SnapshotMenu.tsx'
import { TakeSnapshotDialog } from '../../../actions/virtual-machine/take-snapshot/TakeSnapshotDialog.tsx'
import { useRestores, useSnapshots, type SnapshotRow } from '../snapshots/use-snapshots.ts'
import { useVirtualMachine } from '../virtual-machine-context.ts'

const menuOf = (row: SnapshotRow) => <SnapshotMenu row={row} />

/** The snapshots of a VM: taken, restored and deleted here. */
export default function SnapshotsTab() {
  const { t } = useTranslation()
  const { virtualMachine } = useVirtualMachine()
  const { namespace = '', name = '' } = virtualMachine.metadata ?? {}
  const { rows, error } = useSnapshots({ namespace, name })
  const notable = notableRestore(useRestores({ namespace, name }))
  if (error) return <ErrorState error={error} />
  if (!rows) return <Loading />
  return (
    <PageSection isFilled hasBodyWrapper={false}>
      <Stack hasGutter>
        {notable && (
          <StackItem>
            <Alert
              isInline
              variant={notable.state === 'failed' ? 'danger' : 'info'}
              title={t(`snapshots.restore.${notable.state}`, {
                snapshot: notable.restore.spec.virtualMachineSnapshotName,
              })}
            >
              {notable.message}
            </Alert>
          </StackItem>
        )}
        {rows.length === 0 ? (
          <EmptyContent
            icon={CameraIcon}
            title={t('snapshots.none.title')}
            actions={<TakeSnapshotButton />}
          >
            {t('snapshots.none.body')}
          </EmptyContent>
        ) : (
          <>
            <StackItem>
              <Flex justifyContent={{ default: 'justifyContentFlexEnd' }}>
                <TakeSnapshotButton />
              </Flex>
            </StackItem>
            <StackItem isFilled>
              <DataTable
                label={t('snapshots.title')}
                columns={snapshotColumns}
                rows={rows}
                rowActions={menuOf}
              />
            </StackItem>
          </>
        )}
      </Stack>
    </PageSection>
  )
}

function TakeSnapshotButton() {
  const { t } = useTranslation()
  const { virtualMachine } = useVirtualMachine()
  const { namespace = '', name = '' } = virtualMachine.metadata ?? {}
  const { printableStatus: status = '' } = virtualMachine.status ?? {}
  const { group, resource } = RESOURCES.virtualMachineSnapshots
  const [access] = useAccess([{ verb: 'create', group, resource, namespace }])
  const button = (
    <Button
      isAriaDisabled={access?.allowed !== true}
      onClick={() =>
        openDialog((onClose) => (
          <TakeSnapshotDialog target={{ namespace, name, status }} onClose={onClose} />
        ))
      }
    >
      {t('snapshots.take.action')}
    </Button>
  )
  if (access?.allowed !== false) return button
  return <Tooltip content={t('actions.noPermission', { namespace })}>{button}</Tooltip>
}
