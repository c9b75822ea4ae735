import type {
  V1VirtualMachine,
  V1VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { PageSection } from '@patternfly/react-core'
import { VirtualMachineIcon } from '@patternfly/react-icons'
import { RESOURCES } from '@virtdeck/kubernetes'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Outlet, useParams } from 'react-router'
import { useConsolesOf } from '../../consoles/virtual-machine-consoles.ts'
import type { RouteHandle } from '../../layouts/route-handle.ts'
import { useLiveObject } from '../../live/use-live-query.ts'
import { paths } from '../../paths.ts'
import { EmptyContent } from '../../ui/EmptyContent.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Loading } from '../../ui/Loading.tsx'
import type { VirtualMachineContext } from './virtual-machine-context.ts'
import { VirtualMachineHeader } from './VirtualMachineHeader.tsx'
import styles from './VirtualMachinePage.module.css'
import { TAB_PANEL_ID, VirtualMachineTabs } from './VirtualMachineTabs.tsx'

export const handle: RouteHandle = {
  crumb: ({ t, params: { namespace = '', name = '' } }) => [
    { label: t('virtualMachine.list.title'), to: paths.virtualMachines({ namespace }) },
    { label: name, to: paths.virtualMachine({ namespace, name }) },
  ],
}

export default function VirtualMachinePage() {
  const { namespace = '', name = '' } = useParams()
  // Another VM is another page: nothing of the previous one may linger.
  return <OneVirtualMachine key={`${namespace}/${name}`} namespace={namespace} name={name} />
}

function OneVirtualMachine(target: { namespace: string; name: string }) {
  const { t } = useTranslation()
  const { data, state, error } = useLiveObject<V1VirtualMachine>(
    RESOURCES.virtualMachines,
    target,
  )
  const { data: instance } = useLiveObject<V1VirtualMachineInstance>(
    RESOURCES.virtualMachineInstances,
    target,
  )
  useConsolesOf(target, { virtualMachine: data, instance })
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
            wasSeen ? 'virtualMachine.deletedTitle' : 'virtualMachine.missingTitle',
            target,
          )}
          actions={
            <Link to={paths.virtualMachines({ namespace: target.namespace })}>
              {t('virtualMachine.toList')}
            </Link>
          }
        >
          {t(wasSeen ? 'virtualMachine.deletedBody' : 'virtualMachine.missingBody', target)}
        </EmptyContent>
      </PageSection>
    )
  }
  const context: VirtualMachineContext = { virtualMachine: data, instance }
  return (
    <>
      <VirtualMachineHeader {...context} />
      <VirtualMachineTabs {...target} />
      <div id={TAB_PANEL_ID} role="tabpanel" className={styles['panel']}>
        <Outlet context={context} />
      </div>
    </>
  )
}
