import { Stack, StackItem } from '@patternfly/react-core'
import type { ComponentType } from 'react'
import type { VirtualMachineContext } from '../virtual-machine-context.ts'

type OverviewCard = ComponentType<VirtualMachineContext>

/** Cards of an overview below each other, all about the same VM. */
export function CardStack({
  cards,
  ...context
}: VirtualMachineContext & { cards: OverviewCard[] }) {
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
