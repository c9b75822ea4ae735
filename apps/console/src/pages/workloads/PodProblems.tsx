import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { Alert, Content } from '@patternfly/react-core'
import { podProblemsOf } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'

/** Why a pod or one of its containers does not run, what to do, and what the cluster says. */
export function PodProblems({ pod }: { pod: Pod }) {
  const { t } = useTranslation()
  return podProblemsOf(pod).map(({ code, reason, message, container, image }) => (
    <Alert
      key={`${container}/${reason}`}
      isInline
      variant={code === 'unschedulable' ? 'warning' : 'danger'}
      title={
        container === undefined ? reason : t('pod.problem.inContainer', { container, reason })
      }
      component="p"
    >
      <Content>
        <p>
          {t(`pod.problem.${code}`, { image, node: pod.spec?.nodeName ?? t('common.none') })}
        </p>
        {message !== undefined && <p>{t('pod.problem.clusterSays', { message })}</p>}
      </Content>
    </Alert>
  ))
}
