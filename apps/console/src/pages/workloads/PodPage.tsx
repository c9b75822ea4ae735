import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { Alert, Flex, PageSection, Title } from '@patternfly/react-core'
import { CubesIcon } from '@patternfly/react-icons'
import { RESOURCES } from '@virtdeck/kubernetes'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Outlet, useParams } from 'react-router'
import { createExecSessions } from '../../consoles/exec/exec-sessions.ts'
import type { RouteHandle } from '../../layouts/route-handle.ts'
import { useLiveObject } from '../../live/use-live-query.ts'
import { paths } from '../../paths.ts'
import { EmptyContent } from '../../ui/EmptyContent.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkTabs, type LinkTab } from '../../ui/LinkTabs.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { PhaseLabel } from '../../ui/PhaseLabel.tsx'
import type { PodContext } from './pod-context.ts'
import { podPhase } from './pod-phase.ts'
import { PodProblems } from './PodProblems.tsx'

export const handle: RouteHandle = {
  crumb: ({ t, params: { namespace = '', name = '' } }) => [
    { label: t('resources.pods.title'), to: paths.pods({ namespace }) },
    { label: name, to: paths.pod({ namespace, name }) },
  ],
}

const TABS: readonly LinkTab[] = [
  { label: 'pod.tabs.details', to: paths.pod },
  { label: 'pod.tabs.logs', to: paths.podLogs },
  { label: 'pod.tabs.terminal', to: paths.podTerminal },
  { label: 'pod.tabs.events', to: paths.podEvents },
]

const TAB_PANEL_ID = 'pod-tab'

export default function PodPage() {
  const { namespace = '', name = '' } = useParams()
  // Another pod is another page: nothing of the previous one may linger.
  return <OnePod key={`${namespace}/${name}`} namespace={namespace} name={name} />
}

function OnePod(target: { namespace: string; name: string }) {
  const { t } = useTranslation()
  const { data, state, error } = useLiveObject<Pod>(RESOURCES.pods, target)
  // Terminals go on while another tab is shown.
  const [terminals] = useState(() => createExecSessions(target))
  useEffect(() => () => terminals.closeAll(), [terminals])
  const [last, setLast] = useState<Pod>()
  if (data && data !== last) setLast(data)
  const pod = data ?? last

  if (state === 'error' && error) return <ErrorState error={error} headingLevel="h1" />
  if (data === undefined && pod === undefined) return <Loading />
  if (pod === undefined) {
    return (
      <PageSection isFilled>
        <EmptyContent
          headingLevel="h1"
          icon={CubesIcon}
          title={t('pod.missingTitle', target)}
          actions={
            <Link to={paths.pods({ namespace: target.namespace })}>{t('pod.toList')}</Link>
          }
        >
          {t('pod.missingBody', target)}
        </EmptyContent>
      </PageSection>
    )
  }
  const context: PodContext = { pod, isGone: data === null, terminals }
  return (
    <>
      <PageSection hasBodyWrapper={false}>
        <Flex alignItems={{ default: 'alignItemsCenter' }} gap={{ default: 'gapMd' }}>
          <Title headingLevel="h1">{target.name}</Title>
          {!context.isGone && <PhaseLabel phase={podPhase(pod)} />}
        </Flex>
        {context.isGone ? (
          <Alert isInline variant="info" component="p" title={t('pod.gone')} />
        ) : (
          <PodProblems pod={pod} />
        )}
      </PageSection>
      <LinkTabs
        label={t('pod.tabs.label')}
        tabs={TABS}
        panelId={TAB_PANEL_ID}
        target={target}
      />
      <div id={TAB_PANEL_ID} role="tabpanel">
        <Outlet context={context} />
      </div>
    </>
  )
}
