import { PageSection } from '@patternfly/react-core'
import { PodLogs } from '../../../logs/PodLogs.tsx'
import { usePod } from '../pod-context.ts'

export default function LogsTab() {
  const { pod, isGone } = usePod()
  return (
    <PageSection hasBodyWrapper={false} isFilled>
      <PodLogs pod={pod} isGone={isGone} />
    </PageSection>
  )
}
