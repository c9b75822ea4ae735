import { Grid, GridItem, PageSection, Stack, StackItem } from '@patternfly/react-core'
import type { ComponentType } from 'react'
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
import { useVirtualMachine, type VirtualMachineContext } from '../virtual-machine-context.ts'

type OverviewCard = ComponentType<VirtualMachineContext>

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

function CardStack({ cards, ...context }: VirtualMachineContext & { cards: OverviewCard[] }) {
  return (
    <Stack hasGutter>
      {cards.map((Card, index) => (
        <StackItem key={index}>
          <Card {...context} />
        </StackItem>
      ))}
    </Stack>
  )
}
