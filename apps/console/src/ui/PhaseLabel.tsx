import { CheckCircleIcon, ExclamationCircleIcon, InProgressIcon } from '@patternfly/react-icons'
import { StatusLabel, type StatusTone } from './StatusLabel.tsx'

const GOOD = /^(Active|Bound|Running|Ready|Succeeded|Completed|Available)$/
const BAD = /(Err|Error|Failed|BackOff|Lost|Unknown|NotReady)/

const ICONS = {
  success: CheckCircleIcon,
  progress: InProgressIcon,
  danger: ExclamationCircleIcon,
}

const toneOf = (phase: string): StatusTone & keyof typeof ICONS =>
  GOOD.test(phase) ? 'success' : BAD.test(phase) ? 'danger' : 'progress'

/** The phase of any object in the cluster's own word, which is what its documentation uses. */
export function PhaseLabel({ phase = 'Unknown' }: { phase?: string | undefined }) {
  const tone = toneOf(phase)
  return (
    <StatusLabel tone={tone} icon={ICONS[tone]}>
      {phase}
    </StatusLabel>
  )
}
