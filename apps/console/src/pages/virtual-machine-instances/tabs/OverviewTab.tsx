import { Grid, GridItem, PageSection, Stack, StackItem } from '@patternfly/react-core'
import { ConditionsCard } from '../../virtual-machines/overview/ConditionsCard.tsx'
import { DisksCard } from '../../virtual-machines/overview/DisksCard.tsx'
import { NetworkInterfacesCard } from '../../virtual-machines/overview/NetworkInterfacesCard.tsx'
import { RecentEventsCard } from '../../virtual-machines/overview/RecentEventsCard.tsx'
import { RuntimeCard } from '../../virtual-machines/overview/RuntimeCard.tsx'
import { useVirtualMachine } from '../../virtual-machines/virtual-machine-context.ts'
import { InstanceCard } from '../InstanceCard.tsx'

export default function OverviewTab() {
  const context = useVirtualMachine()
  return (
    <PageSection hasBodyWrapper={false} isFilled>
      <Grid hasGutter>
        <GridItem xl={6}>
          <Stack hasGutter>
            <StackItem>
              <InstanceCard {...context} />
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
