import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { ToggleGroup, ToggleGroupItem, ToolbarItem } from '@patternfly/react-core'
import { containersOf, defaultContainerOf, podProblemsOf } from '@virtdeck/kubevirt'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ContainerSelect } from './ContainerSelect.tsx'
import { LogViewer } from './LogViewer.tsx'

interface PodLogsProps {
  pod: Pod
  /** Whether it was deleted meanwhile; what it said stays readable. */
  isGone: boolean
  /** The choice of the pod, where there are several. */
  podSelect?: ReactNode
}

/** The logs of a pod's containers. */
export function PodLogs({ pod, isGone, podSelect }: PodLogsProps) {
  const { t } = useTranslation()
  const [container, setContainer] = useState(() => defaultContainerOf(pod))
  const [previous, setPrevious] = useState(false)
  const { namespace = '', name = '', uid = '' } = pod.metadata ?? {}
  const info = containersOf(pod).find((each) => each.name === container)
  const isPodOver = ['Succeeded', 'Failed'].includes(pod.status?.phase ?? '')
  // With restarts to come the log goes on after a container's end.
  const isContainerOver =
    info?.state === 'terminated' && (info.isInit || pod.spec?.restartPolicy === 'Never')
  return (
    <LogViewer
      key={[uid, container, previous].join('/')}
      target={{ namespace, pod: name, container, previous }}
      isOver={isGone || isPodOver || isContainerOver}
      isExplained={podProblemsOf(pod).some((problem) => problem.container === container)}
    >
      {podSelect}
      <ToolbarItem>
        <ContainerSelect pod={pod} value={container} onChange={setContainer} />
      </ToolbarItem>
      <ToolbarItem>
        <ToggleGroup aria-label={t('logs.which')}>
          <ToggleGroupItem
            text={t('logs.current')}
            buttonId="log-current"
            isSelected={!previous}
            onChange={() => setPrevious(false)}
          />
          <ToggleGroupItem
            text={t('logs.previous')}
            buttonId="log-previous"
            isSelected={previous}
            onChange={() => setPrevious(true)}
          />
        </ToggleGroup>
      </ToolbarItem>
    </LogViewer>
  )
}
