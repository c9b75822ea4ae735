import { PageSection } from '@patternfly/react-core'
import { DisksCard } from '../../virtual-machines/overview/DisksCard.tsx'
import { NoVirtualMachine } from '../NoVirtualMachine.tsx'
import { useTemplatePage } from '../template-context.ts'

export default function DisksTab() {
  const { virtualMachine } = useTemplatePage()
  if (!virtualMachine) return <NoVirtualMachine />
  return (
    <PageSection hasBodyWrapper={false} isFilled>
      <DisksCard virtualMachine={virtualMachine} instance={null} />
    </PageSection>
  )
}
