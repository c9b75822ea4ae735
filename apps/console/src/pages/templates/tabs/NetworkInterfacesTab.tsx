import { PageSection } from '@patternfly/react-core'
import { NetworkInterfacesCard } from '../../virtual-machines/overview/NetworkInterfacesCard.tsx'
import { NoVirtualMachine } from '../NoVirtualMachine.tsx'
import { useTemplatePage } from '../template-context.ts'

export default function NetworkInterfacesTab() {
  const { virtualMachine } = useTemplatePage()
  if (!virtualMachine) return <NoVirtualMachine />
  return (
    <PageSection hasBodyWrapper={false} isFilled>
      <NetworkInterfacesCard virtualMachine={virtualMachine} instance={null} />
    </PageSection>
  )
}
