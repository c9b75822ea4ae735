import {
  Progress,
  ProgressStep,
  ProgressStepper,
  Stack,
  StackItem,
} from '@patternfly/react-core'
import { RESOURCES } from '@virtdeck/kubernetes'
import {
  creationProgress,
  dataVolumeProblem,
  type CreationStep,
  type DataVolume,
  type VirtualMachine,
  type VirtualMachineInstance,
} from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { useLiveObject } from '../../live/use-live-query.ts'
import { statusMessageOf } from '../../pages/virtual-machines/status-message.ts'
import { useDataVolumes } from '../../pages/virtual-machines/use-data-volumes.ts'

const VARIANTS = {
  done: 'success',
  active: 'info',
  waiting: 'pending',
  failed: 'danger',
} as const satisfies Record<CreationStep['state'], string>

/** How far the new VM is, live. */
export function CreationProgress({ created }: { created: VirtualMachine }) {
  const { t } = useTranslation()
  const { name = '', namespace = '' } = created.metadata ?? {}
  const target = { name, namespace }
  const { data, state, error } = useLiveObject<VirtualMachine>(
    RESOURCES.virtualMachines,
    target,
  )
  const { data: instance } = useLiveObject<VirtualMachineInstance>(
    RESOURCES.virtualMachineInstances,
    target,
  )
  const dataVolumes = useDataVolumes(created)
  if (state === 'error' && error) {
    return <p>{t('wizard.result.noProgress', { reason: error.message })}</p>
  }
  if (data === null) return <p>{t('virtualMachine.deletedTitle', { name })}</p>
  const virtualMachine = data ?? created
  const steps = creationProgress({ virtualMachine, instance, dataVolumes })
  const message = statusMessageOf(virtualMachine, instance)
  return (
    <Stack hasGutter>
      <ProgressStepper isVertical aria-label={t('wizard.result.progress')}>
        {steps.map(({ phase, state, detail }) => (
          <ProgressStep
            key={phase}
            id={`phase-${phase}`}
            titleId={`phase-${phase}-title`}
            variant={VARIANTS[state]}
            isCurrent={state === 'active'}
            aria-label={t(`wizard.stepState.${state}`)}
            description={state === 'failed' && phase !== 'disks' ? message : detail}
          >
            {t(`wizard.phase.${phase}`)}
          </ProgressStep>
        ))}
      </ProgressStepper>
      {dataVolumes.map((dataVolume) => (
        <StackItem key={dataVolume.metadata?.name}>
          <DiskProgress dataVolume={dataVolume} />
        </StackItem>
      ))}
    </Stack>
  )
}

function DiskProgress({ dataVolume }: { dataVolume: DataVolume }) {
  const { phase = '', progress = '' } = dataVolume.status ?? {}
  const percent = Number.parseFloat(progress)
  const isDone = phase === 'Succeeded'
  const problem = dataVolumeProblem(dataVolume)
  return (
    <Progress
      title={dataVolume.metadata?.name ?? ''}
      size="sm"
      value={isDone ? 100 : Number.isNaN(percent) ? 0 : percent}
      {...(isDone && { variant: 'success' })}
      {...(problem && { variant: 'danger', helperText: problem })}
      label={Number.isNaN(percent) || isDone ? phase : `${phase} ${progress}`}
    />
  )
}
