import {
  CheckCircleIcon,
  ExclamationCircleIcon,
  InProgressIcon,
  OffIcon,
  PauseCircleIcon,
  QuestionCircleIcon,
} from '@patternfly/react-icons'
import type { ParseKeys } from 'i18next'
import type { ComponentType } from 'react'
import type { StatusTone } from '../../ui/StatusLabel.tsx'

interface StatusLook {
  tone: StatusTone
  icon: ComponentType
  label: ParseKeys
}

const look = (tone: StatusTone, icon: ComponentType, label: ParseKeys): StatusLook => ({
  tone,
  icon,
  label,
})

/** KubeVirt's printableStatus values, in the order of the filter's menu. */
export const VIRTUAL_MACHINE_STATUSES: Record<string, StatusLook> = {
  Running: look('success', CheckCircleIcon, 'virtualMachine.status.Running'),
  Starting: look('progress', InProgressIcon, 'virtualMachine.status.Starting'),
  Provisioning: look('progress', InProgressIcon, 'virtualMachine.status.Provisioning'),
  Migrating: look('progress', InProgressIcon, 'virtualMachine.status.Migrating'),
  Paused: look('warning', PauseCircleIcon, 'virtualMachine.status.Paused'),
  Stopping: look('progress', InProgressIcon, 'virtualMachine.status.Stopping'),
  Stopped: look('neutral', OffIcon, 'virtualMachine.status.Stopped'),
  Terminating: look('progress', InProgressIcon, 'virtualMachine.status.Terminating'),
  WaitingForVolumeBinding: look(
    'progress',
    InProgressIcon,
    'virtualMachine.status.WaitingForVolumeBinding',
  ),
  WaitingForReceiver: look(
    'progress',
    InProgressIcon,
    'virtualMachine.status.WaitingForReceiver',
  ),
  CrashLoopBackOff: look(
    'danger',
    ExclamationCircleIcon,
    'virtualMachine.status.CrashLoopBackOff',
  ),
  ErrorUnschedulable: look(
    'danger',
    ExclamationCircleIcon,
    'virtualMachine.status.ErrorUnschedulable',
  ),
  ErrImagePull: look('danger', ExclamationCircleIcon, 'virtualMachine.status.ErrImagePull'),
  ImagePullBackOff: look(
    'danger',
    ExclamationCircleIcon,
    'virtualMachine.status.ImagePullBackOff',
  ),
  ErrorPvcNotFound: look(
    'danger',
    ExclamationCircleIcon,
    'virtualMachine.status.ErrorPvcNotFound',
  ),
  DataVolumeError: look(
    'danger',
    ExclamationCircleIcon,
    'virtualMachine.status.DataVolumeError',
  ),
  Unknown: look('neutral', QuestionCircleIcon, 'virtualMachine.status.Unknown'),
}
