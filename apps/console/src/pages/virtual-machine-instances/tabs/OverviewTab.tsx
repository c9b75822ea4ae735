import { Grid, GridItem, PageSection } from '@patternfly/react-core'
import { CardStack } from '../../virtual-machines/overview/CardStack.tsx'
import { ConditionsCard } from '../../virtual-machines/overview/ConditionsCard.tsx'
import { DevicesCard } from '../../virtual-machines/overview/DevicesCard.tsx'
import { DisksCard } from '../../virtual-machines/overview/DisksCard.tsx'
import { GuestAgentCard } from '../../virtual-machines/overview/GuestAgentCard.tsx'
import { NetworkInterfacesCard } from '../../virtual-machines/overview/NetworkInterfacesCard.tsx'
import { RecentEventsCard } from '../../virtual-machines/overview/RecentEventsCard.tsx'
import { RuntimeCard } from '../../virtual-machines/overview/RuntimeCard.tsx'
import { ScreenshotCard } from '../../virtual-machines/overview/ScreenshotCard.tsx'
import { ServicesCard } from '../../virtual-machines/overview/ServicesCard.tsx'
import { UtilizationCard } from '../../virtual-machines/overview/UtilizationCard.tsx'
import { useVirtualMachine } from '../../virtual-machines/virtual-machine-context.ts'
import { InstanceCard } from '../InstanceCard.tsx'

/** All of a VM's overview that a VMI alone has as well. */
export default function OverviewTab() {
  const context = useVirtualMachine()
  return (
    <PageSection hasBodyWrapper={false} isFilled>
      <Grid hasGutter>
        <GridItem xl={6}>
          <CardStack cards={[InstanceCard, ConditionsCard]} {...context} />
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
          <CardStack cards={[DisksCard, RecentEventsCard]} {...context} />
        </GridItem>
      </Grid>
    </PageSection>
  )
}
