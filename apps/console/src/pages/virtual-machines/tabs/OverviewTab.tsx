import { Grid, GridItem, PageSection } from '@patternfly/react-core'
import { CardStack } from '../overview/CardStack.tsx'
import { ConditionsCard } from '../overview/ConditionsCard.tsx'
import { DetailsCard } from '../overview/DetailsCard.tsx'
import { DevicesCard } from '../overview/DevicesCard.tsx'
import { DisksCard } from '../overview/DisksCard.tsx'
import { GuestAgentCard } from '../overview/GuestAgentCard.tsx'
import { NetworkInterfacesCard } from '../overview/NetworkInterfacesCard.tsx'
import { RecentEventsCard } from '../overview/RecentEventsCard.tsx'
import { RuntimeCard } from '../overview/RuntimeCard.tsx'
import { ScreenshotCard } from '../overview/ScreenshotCard.tsx'
import { ServicesCard } from '../overview/ServicesCard.tsx'
import { SnapshotsCard } from '../overview/SnapshotsCard.tsx'
import { UtilizationCard } from '../overview/UtilizationCard.tsx'
import { useVirtualMachine } from '../virtual-machine-context.ts'

export default function OverviewTab() {
  const context = useVirtualMachine()
  return (
    <PageSection hasBodyWrapper={false} isFilled>
      <Grid hasGutter>
        <GridItem xl={6}>
          <CardStack cards={[DetailsCard, ConditionsCard]} {...context} />
        </GridItem>
        <GridItem xl={6}>
          <CardStack
            cards={[RuntimeCard, ScreenshotCard, NetworkInterfacesCard]}
            {...context}
          />
        </GridItem>
        <GridItem>
          <UtilizationCard {...context} />
        </GridItem>
        <GridItem xl={6}>
          <CardStack cards={[GuestAgentCard, ServicesCard, DevicesCard]} {...context} />
        </GridItem>
        <GridItem xl={6}>
          <CardStack cards={[DisksCard, SnapshotsCard, RecentEventsCard]} {...context} />
        </GridItem>
      </Grid>
    </PageSection>
  )
}
