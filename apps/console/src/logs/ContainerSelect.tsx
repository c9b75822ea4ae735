import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { FormSelect, FormSelectOption } from '@patternfly/react-core'
import { containersOf } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'

interface ContainerSelectProps {
  pod: Pod
  value: string
  onChange: (container: string) => void
  /** Init containers take no commands. */
  withoutInit?: boolean
}

export function ContainerSelect(props: ContainerSelectProps) {
  const { pod, value, onChange, withoutInit = false } = props
  const { t } = useTranslation()
  const containers = containersOf(pod).filter(({ isInit }) => !(withoutInit && isInit))
  return (
    <FormSelect
      aria-label={t('pod.container')}
      value={value}
      onChange={(_event, name) => onChange(name)}
    >
      {containers.map(({ name, isInit }) => (
        <FormSelectOption
          key={name}
          value={name}
          label={isInit ? t('pod.initContainer', { name }) : name}
        />
      ))}
    </FormSelect>
  )
}
