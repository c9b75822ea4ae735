import { Grid, GridItem, PageSection, Stack, StackItem } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useVirtualMachineActions } from '../../../actions/virtual-machine/use-virtual-machine-actions.tsx'
import type { EditDialog } from '../../../forms/virtual-machine-edit/edit-form.ts'
import { useAccess } from '../../../live/use-access.ts'
import { virtualMachineStateOf } from '@virtdeck/kubevirt'
import { useVirtualMachine } from '../virtual-machine-context.ts'
import { ConfigurationCard } from './ConfigurationCard.tsx'
import {
  detailItems,
  guestItems,
  placementItems,
  sizeItems,
  startItems,
} from './configuration-items.tsx'

/** F-38: what a VM is made of, each thing with a button to change it; no YAML. */
export default function ConfigurationTab() {
  const { t } = useTranslation()
  const { virtualMachine, instance } = useVirtualMachine()
  const { namespace = '', name = '', uid = '' } = virtualMachine.metadata ?? {}
  const [opened, setOpened] = useState<{ Dialog: EditDialog }>()
  const [access] = useAccess([
    { verb: 'patch', group: 'kubevirt.io', resource: 'virtualmachines', namespace },
  ])
  const target = { namespace, name, uid, ...virtualMachineStateOf(virtualMachine) }
  const actions = useVirtualMachineActions(target)
  const disabledReason =
    access?.allowed === undefined
      ? t('actions.checkingPermission')
      : access.allowed
        ? undefined
        : t('actions.noPermission', { namespace })
  const given = { t, virtualMachine, actions }
  const columns = [
    [
      { title: t('configuration.section.details'), items: detailItems(given) },
      { title: t('configuration.section.size'), items: sizeItems(given) },
    ],
    [
      { title: t('configuration.section.start'), items: startItems(given) },
      { title: t('configuration.section.placement'), items: placementItems(given) },
      { title: t('configuration.section.guest'), items: guestItems(given) },
    ],
  ]
  return (
    <PageSection hasBodyWrapper={false} isFilled>
      <Grid hasGutter>
        {columns.map((cards) => (
          <GridItem key={cards[0]?.title} xl={6}>
            <Stack hasGutter>
              {cards.map((card) => (
                <StackItem key={card.title}>
                  <ConfigurationCard
                    {...card}
                    disabledReason={disabledReason}
                    onEdit={(Dialog) => setOpened({ Dialog })}
                  />
                </StackItem>
              ))}
            </Stack>
          </GridItem>
        ))}
      </Grid>
      {opened && (
        <opened.Dialog
          virtualMachine={virtualMachine}
          instance={instance}
          onClose={() => setOpened(undefined)}
        />
      )}
    </PageSection>
  )
}
