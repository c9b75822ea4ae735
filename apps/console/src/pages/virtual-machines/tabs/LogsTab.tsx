import { PageSection } from '@patternfly/react-core'
import { InstanceLogs, NoPod } from '../../../logs/InstanceLogs.tsx'
import { Loading } from '../../../ui/Loading.tsx'
import { useVirtualMachine } from '../virtual-machine-context.ts'

/** The launcher pod's logs; the guest's serial line is among them. */
export default function LogsTab() {
  const { virtualMachine, instance } = useVirtualMachine()
  return (
    <PageSection hasBodyWrapper={false} isFilled>
      {instance === undefined && <Loading />}
      {instance === null && <NoPod name={virtualMachine.metadata?.name ?? ''} />}
      {instance && <InstanceLogs instance={instance} />}
    </PageSection>
  )
}
