import { Button, Flex, FlexItem, Gallery, PageSection, Title } from '@patternfly/react-core'
import { DesktopIcon, TimesIcon } from '@patternfly/react-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { RouteHandle } from '../layouts/route-handle.ts'
import { paths } from '../paths.ts'
import { EmptyContent } from '../ui/EmptyContent.tsx'
import { AddConsole } from './AddConsole.tsx'
import { useConsoleChoice, type ConsoleChoice } from './console-choice.ts'
import type { ConsoleOwner } from './console-sessions.ts'
import { LiveVirtualMachineConsole } from './LiveVirtualMachineConsole.tsx'
import { MAX_SHOWN, shownConsoles } from './shown-consoles.ts'

export const handle: RouteHandle = {
  crumb: ({ t }) => [
    { label: t('virtualMachine.list.title'), to: paths.virtualMachines() },
    { label: t('consoles.wall.title'), to: paths.consoles({ virtualMachines: [] }) },
  ],
}

/** Consoles of several VMs side by side; the URL says of which. */
export default function ConsolesPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [parameters] = useSearchParams()
  const shown = shownConsoles(parameters.get('show'))
  const isFull = shown.length >= MAX_SHOWN
  const show = (virtualMachines: ConsoleOwner[]) =>
    void navigate(paths.consoles({ virtualMachines }), { replace: true })
  const add = (
    <AddConsole shown={shown} isDisabled={isFull} onAdd={(owner) => show([...shown, owner])} />
  )
  return (
    <>
      <PageSection>
        <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }}>
          <Title headingLevel="h1">{t('consoles.wall.title')}</Title>
          <Flex alignItems={{ default: 'alignItemsCenter' }}>
            {isFull && <FlexItem>{t('consoles.wall.full', { count: MAX_SHOWN })}</FlexItem>}
            {shown.length > 0 && <FlexItem>{add}</FlexItem>}
          </Flex>
        </Flex>
      </PageSection>
      <PageSection isFilled hasBodyWrapper={false}>
        {shown.length === 0 ? (
          <EmptyContent icon={DesktopIcon} title={t('consoles.wall.emptyTitle')} actions={add}>
            {t('consoles.wall.emptyBody', { count: MAX_SHOWN })}
          </EmptyContent>
        ) : (
          <Gallery hasGutter minWidths={{ default: '100%', xl: '40%' }}>
            {shown.map((owner) => (
              <ShownConsole
                key={`${owner.namespace}/${owner.name}`}
                owner={owner}
                onRemove={() => show(shown.filter((each) => each !== owner))}
              />
            ))}
          </Gallery>
        )}
      </PageSection>
    </>
  )
}

function ShownConsole({ owner, onRemove }: { owner: ConsoleOwner; onRemove: () => void }) {
  const { t } = useTranslation()
  const usual = useConsoleChoice()
  const [choice, setChoice] = useState<ConsoleChoice>(usual)
  return (
    <div>
      <Flex
        justifyContent={{ default: 'justifyContentSpaceBetween' }}
        alignItems={{ default: 'alignItemsCenter' }}
      >
        <Title headingLevel="h2" size="md">
          <Link to={paths.virtualMachine(owner)}>{owner.name}</Link>
        </Title>
        <Button
          variant="plain"
          icon={<TimesIcon />}
          aria-label={t('consoles.wall.remove', { name: owner.name })}
          onClick={onRemove}
        />
      </Flex>
      <LiveVirtualMachineConsole
        owner={owner}
        choice={choice}
        onChoose={(change) => setChoice({ ...choice, ...change })}
      />
    </div>
  )
}
