import { Grid, GridItem, PageSection } from '@patternfly/react-core'
import { useTemplatePage } from '../template-context.ts'
import { ParametersCard } from '../ParametersCard.tsx'
import { TemplateDetailsCard } from '../TemplateDetailsCard.tsx'
import { TemplateMachineCard } from '../TemplateMachineCard.tsx'

export default function DetailsTab() {
  const { template, virtualMachine } = useTemplatePage()
  return (
    <PageSection hasBodyWrapper={false} isFilled>
      <Grid hasGutter>
        <GridItem xl={6}>
          <TemplateDetailsCard template={template} />
        </GridItem>
        <GridItem xl={6}>
          <TemplateMachineCard template={template} virtualMachine={virtualMachine} />
        </GridItem>
        <GridItem>
          <ParametersCard parameters={template.parameters ?? []} />
        </GridItem>
      </Grid>
    </PageSection>
  )
}
