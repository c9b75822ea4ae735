import type { V1VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { Flex, FlexItem, PageSection, Title } from '@patternfly/react-core'
import { VirtualMachineIcon } from '@patternfly/react-icons'
import { controllerOf, RESOURCES } from '@virtdeck/kubernetes'
import { instanceAsVirtualMachine, VIRTUAL_MACHINE_KIND } from '@virtdeck/kubevirt'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, Outlet, useParams } from 'react-router'
import { InstanceMenu } from '../../actions/virtual-machine-instance/InstanceMenu.tsx'
import { useConsolesOf } from '../../consoles/virtual-machine-consoles.ts'
import type { RouteHandle } from '../../layouts/route-handle.ts'
import { useLiveObject } from '../../live/use-live-query.ts'
import { paths } from '../../paths.ts'
import { EmptyContent } from '../../ui/EmptyContent.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkTabs, type LinkTab } from '../../ui/LinkTabs.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { isSimulated } from '../virtual-machines/is-simulated.ts'
import { SimulatedLabel } from '../virtual-machines/SimulatedLabel.tsx'
import type { VirtualMachineContext } from '../virtual-machines/virtual-machine-context.ts'
import styles from '../virtual-machines/VirtualMachinePage.module.css'
import { VirtualMachineStatus } from '../virtual-machines/VirtualMachineStatus.tsx'
import { instanceTarget } from './instance-target.ts'

export const handle: RouteHandle = {
  crumb: ({ t, params: { namespace = '', name = '' } }) => [
    {
      label: t('resources.virtualMachineInstances.title'),
      to: paths.virtualMachineInstances({ namespace }),
    },
    { label: name, to: paths.virtualMachineInstance({ namespace, name }) },
  ],
}

const TAB_PANEL_ID = 'virtual-machine-instance-tab'

const TABS: readonly LinkTab[] = [
  { label: 'virtualMachine.tabs.overview', to: paths.virtualMachineInstance },
  { label: 'virtualMachine.tabs.yaml', to: paths.virtualMachineInstanceYaml },
  { label: 'virtualMachine.tabs.consoles', to: paths.virtualMachineInstanceConsoles },
  { label: 'virtualMachine.tabs.events', to: paths.virtualMachineInstanceEvents },
  { label: 'virtualMachine.tabs.logs', to: paths.virtualMachineInstanceLogs },
]

export default function VirtualMachineInstancePage() {
  const { namespace = '', name = '' } = useParams()
  // Another VMI is another page: nothing of the previous one may linger.
  return <OneInstance key={`${namespace}/${name}`} namespace={namespace} name={name} />
}

function OneInstance(target: { namespace: string; name: string }) {
  const { t } = useTranslation()
  const { data, state, error } = useLiveObject<V1VirtualMachineInstance>(
    RESOURCES.virtualMachineInstances,
    target,
  )
  useConsolesOf(target, { virtualMachine: null, instance: data })
  const [wasSeen, setWasSeen] = useState(false)
  if (data && !wasSeen) setWasSeen(true)

  if (state === 'error' && error) return <ErrorState error={error} headingLevel="h1" />
  if (data === undefined) return <Loading />
  if (data === null) {
    return (
      <PageSection isFilled>
        <EmptyContent
          headingLevel="h1"
          icon={VirtualMachineIcon}
          title={t(
            wasSeen ? 'virtualMachine.deletedTitle' : 'virtualMachineInstance.missingTitle',
            target,
          )}
          actions={
            <Link to={paths.virtualMachineInstances({ namespace: target.namespace })}>
              {t('virtualMachineInstance.toList')}
            </Link>
          }
        >
          {t(
            wasSeen
              ? 'virtualMachineInstance.deletedBody'
              : 'virtualMachineInstance.missingBody',
            target,
          )}
        </EmptyContent>
      </PageSection>
    )
  }
  // With a VM, that is where everything can be done.
  const owner = controllerOf(data)
  if (owner?.kind === VIRTUAL_MACHINE_KIND) {
    const { namespace } = target
    return <Navigate to={paths.virtualMachine({ namespace, name: owner.name })} replace />
  }
  const virtualMachine = instanceAsVirtualMachine(data)
  const context: VirtualMachineContext = {
    virtualMachine,
    instance: data,
    isInstanceOnly: true,
  }
  return (
    <>
      <PageSection hasBodyWrapper={false}>
        <Flex
          justifyContent={{ default: 'justifyContentSpaceBetween' }}
          alignItems={{ default: 'alignItemsCenter' }}
        >
          <Flex alignItems={{ default: 'alignItemsCenter' }} gap={{ default: 'gapMd' }}>
            <Title headingLevel="h1">{target.name}</Title>
            <VirtualMachineStatus status={virtualMachine.status?.printableStatus ?? ''} />
            {isSimulated(data) && <SimulatedLabel />}
          </Flex>
          <FlexItem>
            <InstanceMenu target={instanceTarget(data)} variant="button" />
          </FlexItem>
        </Flex>
        {t('virtualMachineInstance.explanation')}
      </PageSection>
      <LinkTabs
        label={t('virtualMachineInstance.tabsLabel')}
        tabs={TABS}
        panelId={TAB_PANEL_ID}
        target={target}
      />
      <div id={TAB_PANEL_ID} role="tabpanel" className={styles['panel']}>
        <Outlet context={context} />
      </div>
    </>
  )
}
