import { PageSection } from '@patternfly/react-core'
import { TemplateDisks } from '../../../forms/template-edit/TemplateDisks.tsx'
import { NoVirtualMachine } from '../NoVirtualMachine.tsx'
import { useTemplatePage } from '../template-context.ts'

export default function DisksTab() {
  const { template, virtualMachine } = useTemplatePage()
  if (!virtualMachine) return <NoVirtualMachine />
  return (
    <PageSection hasBodyWrapper={false} isFilled>
      <TemplateDisks template={template} />
    </PageSection>
  )
}
