import type { IoK8sApiCoreV1Node } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { Label, LabelGroup } from '@patternfly/react-core'
import { BanIcon } from '@patternfly/react-icons'
import { useTranslation } from 'react-i18next'
import { PhaseLabel } from '../../ui/PhaseLabel.tsx'

/** Ready or not, and whether new virtual machines may be put there. */
export function NodeStatus({ node }: { node: IoK8sApiCoreV1Node }) {
  const { t } = useTranslation()
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready')
  return (
    <LabelGroup aria-label={t('resources.columns.status')}>
      <PhaseLabel phase={ready?.status === 'True' ? 'Ready' : 'NotReady'} />
      {node.spec?.unschedulable && (
        <Label isCompact icon={<BanIcon />}>
          {t('resources.nodes.unschedulable')}
        </Label>
      )}
    </LabelGroup>
  )
}
