import type { V1VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { Content, Skeleton } from '@patternfly/react-core'
import { useQuery } from '@tanstack/react-query'
import { RESOURCES } from '@virtdeck/kubernetes'
import { useTranslation } from 'react-i18next'
import { kubernetes } from '../../live/kubernetes.ts'
import type { VirtualMachineTarget } from './action.ts'
import { volumesAtDeletion } from './volumes-at-deletion.ts'

/** Names what is deleted together with a VM, and what stays. */
export function DeletedWith({ target }: { target: VirtualMachineTarget }) {
  const { t } = useTranslation()
  const { namespace, name } = target
  const { data, isPending } = useQuery({
    queryKey: ['volumes-at-deletion', namespace, name],
    gcTime: 0,
    queryFn: async () =>
      volumesAtDeletion(
        await kubernetes.get<V1VirtualMachine>(RESOURCES.virtualMachines, { namespace, name }),
      ),
  })
  if (isPending) return <Skeleton screenreaderText={t('common.loading')} />
  // Who may delete but not read is told only what is always true.
  return (
    <Content>
      <p>{t('actions.delete.instance')}</p>
      <Volumes title={t('actions.delete.deleted')} names={data?.deleted} />
      <Volumes title={t('actions.delete.kept')} names={data?.kept} />
    </Content>
  )
}

function Volumes({ title, names = [] }: { title: string; names: string[] | undefined }) {
  if (names.length === 0) return null
  return (
    <>
      <p>{title}</p>
      <ul>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </>
  )
}
