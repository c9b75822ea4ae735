import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { V1VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { FormSelect, FormSelectOption, ToolbarItem } from '@patternfly/react-core'
import { FileAltIcon } from '@patternfly/react-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PodProblems } from '../pages/workloads/PodProblems.tsx'
import { EmptyContent } from '../ui/EmptyContent.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PodLogs } from './PodLogs.tsx'
import { useLauncherPods } from './use-launcher-pods.ts'

/** The logs of what runs a guest: its launcher pods. */
export function InstanceLogs({ instance }: { instance: V1VirtualMachineInstance }) {
  const { t } = useTranslation()
  const { pods, state, error } = useLauncherPods(instance)
  const [chosen, setChosen] = useState<string>()
  const [last, setLast] = useState<Pod>()
  const found = pods?.find(({ metadata }) => metadata?.name === chosen) ?? pods?.[0]
  if (found && found !== last) setLast(found)
  // A pod that goes leaves its log on the screen.
  const pod = found ?? last
  if (state === 'error' && error) return <ErrorState error={error} />
  if (!pod) return pods ? <NoPod name={instance.metadata?.name ?? ''} /> : <Loading />
  return (
    <>
      <PodProblems pod={pod} />
      <PodLogs
        key={pod.metadata?.uid ?? ''}
        pod={pod}
        isGone={found === undefined}
        podSelect={
          pods !== undefined &&
          pods.length > 1 && (
            <ToolbarItem>
              <FormSelect
                aria-label={t('logs.virtualMachine.pod')}
                value={pod.metadata?.name ?? ''}
                onChange={(_event, name) => setChosen(name)}
              >
                {pods.map(({ metadata, status }) => (
                  <FormSelectOption
                    key={metadata?.uid}
                    value={metadata?.name}
                    label={t('logs.virtualMachine.podLabel', {
                      name: metadata?.name,
                      phase: status?.phase,
                    })}
                  />
                ))}
              </FormSelect>
            </ToolbarItem>
          )
        }
      />
    </>
  )
}

export function NoPod({ name }: { name: string }) {
  const { t } = useTranslation()
  return (
    <EmptyContent icon={FileAltIcon} title={t('logs.virtualMachine.notRunning', { name })}>
      {t('logs.virtualMachine.notRunningBody')}
    </EmptyContent>
  )
}
