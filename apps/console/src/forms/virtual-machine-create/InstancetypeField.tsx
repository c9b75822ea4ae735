import { formatBytes, RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import type { VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { ListedSearchField } from '../fields/ListedSearchField.tsx'
import { mergeLists } from '../fields/merge-lists.ts'
import { useListedObjects } from '../fields/use-listed-objects.ts'
import { instancetypeGroups, preferenceGroups, sizeOf } from './instancetype-groups.ts'

/** CPUs and memory as the cluster offers them. */
export function InstancetypeField() {
  const { t } = useTranslation()
  const form = useFormContext<VirtualMachineCreateValues>()
  const { namespace } = form.watch('general')
  const { list, own, cluster } = useBoth('Instancetype', namespace)
  const isEmpty = list.isComplete && list.objects.length === 0
  const groups = instancetypeGroups({
    own,
    cluster,
    titles: { own: t('wizard.sizing.ofProject'), cluster: t('wizard.sizing.ofCluster') },
    label: (object) => {
      const { cpus, bytes } = sizeOf(object)
      const size = t('virtualMachine.runtime.cpuAndMemory', {
        count: cpus,
        memory: formatBytes(bytes),
      })
      return t('wizard.flavorWithSize', { flavor: object.metadata?.name ?? '', size })
    },
  })
  return (
    <ListedSearchField
      name="general.instancetype"
      label={t('wizard.sizing.instancetypeLabel')}
      isRequired
      list={list}
      groups={groups}
      typedHint={t('wizard.sizing.typed', {
        example: 'VirtualMachineClusterInstancetype/u1.small',
      })}
      placeholder={t(isEmpty ? 'wizard.sizing.noInstancetypes' : 'wizard.sizing.choose')}
      {...(isEmpty && { hint: t('wizard.sizing.noInstancetypesHint') })}
    />
  )
}

interface PreferenceFieldProps {
  hint?: string
  onChange?: () => void
}

/** The devices that suit the guest. */
export function PreferenceField({ hint, onChange }: PreferenceFieldProps) {
  const { t } = useTranslation()
  const form = useFormContext<VirtualMachineCreateValues>()
  const { list, own, cluster } = useBoth('Preference', form.watch('general.namespace'))
  return (
    <ListedSearchField
      name="general.preference"
      label={t('wizard.sizing.preferenceLabel')}
      hint={hint ?? t('wizard.sizing.preferenceHint')}
      list={list}
      groups={preferenceGroups({
        own,
        cluster,
        titles: {
          own: t('wizard.sizing.ofProject'),
          linux: 'Linux',
          windows: 'Windows',
          cluster: t('wizard.sizing.ofCluster'),
        },
      })}
      typedHint={t('wizard.sizing.typed', {
        example: 'VirtualMachineClusterPreference/fedora',
      })}
      placeholder={t('wizard.general.none')}
      {...(onChange && { onChange })}
    />
  )
}

const ofKind = (objects: readonly KubernetesObject[], kind: string): KubernetesObject[] =>
  objects.map((object) => ({ ...object, kind }))

/** The project's own ones and the cluster's, which have another kind. */
function useBoth(what: 'Instancetype' | 'Preference', namespace: string) {
  const [ownResource, clusterResource] =
    what === 'Instancetype'
      ? [RESOURCES.virtualMachineInstancetypes, RESOURCES.virtualMachineClusterInstancetypes]
      : [RESOURCES.virtualMachinePreferences, RESOURCES.virtualMachineClusterPreferences]
  const own = useListedObjects(ownResource, namespace)
  const cluster = useListedObjects(clusterResource)
  return {
    list: mergeLists(own, cluster),
    own: ofKind(own.objects, ownResource.kind),
    cluster: ofKind(cluster.objects, clusterResource.kind),
  }
}
