import { QuestionCircleIcon } from '@patternfly/react-icons'
import { useTranslation } from 'react-i18next'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import { VIRTUAL_MACHINE_STATUSES } from './virtual-machine-statuses.ts'

interface VirtualMachineStatusProps {
  status: string
  message?: string | undefined
}

export function VirtualMachineStatus({ status, message }: VirtualMachineStatusProps) {
  const { t } = useTranslation()
  const look = VIRTUAL_MACHINE_STATUSES[status]
  return (
    <StatusLabel
      tone={look?.tone ?? 'neutral'}
      icon={look?.icon ?? QuestionCircleIcon}
      message={message}
    >
      {/* A newer KubeVirt may have statuses that this table does not know. */}
      {look ? t(look.label) : status}
    </StatusLabel>
  )
}
