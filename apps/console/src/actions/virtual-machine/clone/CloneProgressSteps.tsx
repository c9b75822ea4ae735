import type { V1beta1VirtualMachineClone as VirtualMachineClone } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import {
  Alert,
  AlertActionLink,
  Content,
  ProgressStep,
  ProgressStepper,
  Stack,
} from '@patternfly/react-core'
import { RESOURCES } from '@virtdeck/kubernetes'
import { cloneProgress, type CloneProgress, type CloneStep } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { showToast } from '../../../feedback/toasts.ts'
import { kubernetes } from '../../../live/kubernetes.ts'
import { useLiveObject } from '../../../live/use-live-query.ts'
import { useMutation } from '../../../live/use-mutation.ts'
import { paths } from '../../../paths.ts'

const STEPS: readonly CloneStep[] = ['snapshot', 'restore', 'done']

interface CloneProgressStepsProps {
  created: VirtualMachineClone
  target: { namespace: string; name: string }
}

/** How far a clone is, live; in the end it can be opened and started. */
export function CloneProgressSteps({ created, target }: CloneProgressStepsProps) {
  const { t } = useTranslation()
  const { namespace = '', name = '' } = created.metadata ?? {}
  const { data } = useLiveObject<VirtualMachineClone>(RESOURCES.virtualMachineClones, {
    namespace,
    name,
  })
  const progress = cloneProgress(data ?? created)
  const starting = useMutation({
    run: () =>
      kubernetes.virtualMachineSubresource({
        resource: 'virtualmachines',
        subresource: 'start',
        ...target,
      }),
    onSuccess: () =>
      showToast({ variant: 'success', title: t('actions.clone.started', target) }),
    failureTitle: () => t('actions.clone.startFailed', target),
  })
  return (
    <Stack hasGutter>
      <ProgressStepper isVertical aria-label={t('actions.clone.progress')}>
        {STEPS.map((step) => {
          const state = stateOf(step, progress)
          return (
            <ProgressStep
              key={step}
              id={`clone-${step}`}
              titleId={`clone-${step}-title`}
              variant={VARIANTS[state]}
              isCurrent={state === 'active'}
              aria-label={t(`wizard.stepState.${state}`)}
              description={state === 'failed' ? progress.failure : undefined}
            >
              {t(`actions.clone.step.${step}`)}
            </ProgressStep>
          )
        })}
      </ProgressStepper>
      {progress.step === 'done' ? (
        <Alert
          isInline
          isLiveRegion
          variant="success"
          title={t('actions.clone.done', target)}
          actionLinks={
            <>
              <AlertActionLink
                component={(props) => <Link {...props} to={paths.virtualMachine(target)} />}
              >
                {t('actions.clone.open', target)}
              </AlertActionLink>
              <AlertActionLink
                isDisabled={starting.isPending || starting.isSuccess}
                onClick={() => starting.mutate(undefined)}
              >
                {t('actions.clone.start')}
              </AlertActionLink>
            </>
          }
        />
      ) : (
        progress.failure === undefined && (
          <Content component="small">{t('actions.clone.goesOn')}</Content>
        )
      )}
    </Stack>
  )
}

const VARIANTS = {
  done: 'success',
  active: 'info',
  failed: 'danger',
  waiting: 'pending',
} as const

function stateOf(step: CloneStep, progress: CloneProgress): keyof typeof VARIANTS {
  const [place, current] = [STEPS.indexOf(step), STEPS.indexOf(progress.step)]
  if (place < current || progress.step === 'done') return 'done'
  if (place > current) return 'waiting'
  return progress.failure === undefined ? 'active' : 'failed'
}
