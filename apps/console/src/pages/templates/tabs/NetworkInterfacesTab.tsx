import { PageSection } from '@patternfly/react-core'
import { TemplateNetworkInterfaces } from '../../../forms/template-edit/TemplateNetworkInterfaces.tsx'
import { NoVirtualMachine } from '../NoVirtualMachine.tsx'
import { useTemplatePage } from '../template-context.ts'

export default function NetworkInterfacesTab() {
  const { template, virtualMachine } = useTemplatePage()
  if (!virtualMachine) return <NoVirtualMachine />
  return (
    <PageSection hasBodyWrapper={false} isFilled>
      <TemplateNetworkInterfaces template={template} />
    </PageSection>
  )
}
