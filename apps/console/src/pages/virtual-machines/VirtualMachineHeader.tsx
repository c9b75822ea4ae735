import { Alert, Flex, FlexItem, PageSection, Title } from '@patternfly/react-core'
import { virtualMachineStateOf } from '@virtdeck/kubevirt'
import { VirtualMachineMenu } from '../../actions/virtual-machine/VirtualMachineMenu.tsx'
import { DataVolumeProblems } from './DataVolumeProblems.tsx'
import { isSimulated } from './is-simulated.ts'
import { PendingChanges } from './PendingChanges.tsx'
import { SimulatedLabel } from './SimulatedLabel.tsx'
import { statusMessageOf } from './status-message.ts'
import type { VirtualMachineContext } from './virtual-machine-context.ts'
import { VIRTUAL_MACHINE_STATUSES } from './virtual-machine-statuses.ts'
import { VirtualMachineStatus } from './VirtualMachineStatus.tsx'

export function VirtualMachineHeader({ virtualMachine, instance }: VirtualMachineContext) {
  const { namespace = '', name = '', uid = '' } = virtualMachine.metadata ?? {}
  const state = virtualMachineStateOf(virtualMachine)
  const message = statusMessageOf(virtualMachine, instance)
  const isTrouble = VIRTUAL_MACHINE_STATUSES[state.status]?.tone === 'danger'
  return (
    <PageSection hasBodyWrapper={false}>
      <Flex
        justifyContent={{ default: 'justifyContentSpaceBetween' }}
        alignItems={{ default: 'alignItemsCenter' }}
      >
        <Flex alignItems={{ default: 'alignItemsCenter' }} gap={{ default: 'gapMd' }}>
          <Title headingLevel="h1">{name}</Title>
          <VirtualMachineStatus status={state.status} message={message} />
          {isSimulated(instance) && <SimulatedLabel />}
        </Flex>
        <FlexItem>
          <VirtualMachineMenu target={{ namespace, name, uid, ...state }} variant="button" />
        </FlexItem>
      </Flex>
      {state.status === 'DataVolumeError' && (
        <DataVolumeProblems virtualMachine={virtualMachine} />
      )}
      <PendingChanges virtualMachine={virtualMachine} instance={instance} />
      {isTrouble && message !== undefined && (
        <Alert isInline variant="danger" title={message} component="p" />
      )}
    </PageSection>
  )
}
