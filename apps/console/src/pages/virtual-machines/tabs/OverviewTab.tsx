import { Grid, GridItem, PageSection, Stack, StackItem } from '@patternfly/react-core'
import { ConditionsCard } from '../overview/ConditionsCard.tsx'
import { DetailsCard } from '../overview/DetailsCard.tsx'
import { DisksCard } from '../overview/DisksCard.tsx'
import { NetworkInterfacesCard } from '../overview/NetworkInterfacesCard.tsx'
import { RecentEventsCard } from '../overview/RecentEventsCard.tsx'
import { RuntimeCard } from '../overview/RuntimeCard.tsx'
import { useVirtualMachine } from '../virtual-machine-context.ts'

export default function OverviewTab() {
  const context = useVirtualMachine()
  return (
    <PageSection hasBodyWrapper={false} isFilled>
      <Grid hasGutter>
        <GridItem xl={6}>
          <Stack hasGutter>
            <StackItem>
              <DetailsCard {...context} />
            </StackItem>
            <StackItem>
              <ConditionsCard {...context} />
            </StackItem>
          </Stack>
        </GridItem>
        <GridItem xl={6}>
          <Stack hasGutter>
            <StackItem>
              <RuntimeCard {...context} />
            </StackItem>
            <StackItem>
              <DisksCard {...context} />
            </StackItem>
            <StackItem>
              <NetworkInterfacesCard {...context} />
            </StackItem>
            <StackItem>
              <RecentEventsCard {...context} />
            </StackItem>
          </Stack>
        </GridItem>
      </Grid>
    </PageSection>
  )
}
