import {
  formatBytes,
  parseQuantity,
  RESOURCES,
  type KubernetesObject,
} from '@virtdeck/kubernetes'
import { withDevices, type VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { ListedField } from '../fields/ListedField.tsx'
import { mergeLists } from '../fields/merge-lists.ts'
import { useListedObjects } from '../fields/use-listed-objects.ts'

interface Instancetype extends KubernetesObject {
  spec?: { cpu?: { guest?: number }; memory?: { guest?: string } }
}

/** Kind and name, for one name may be in the project and in the cluster. */
const referenceOf = ({ kind = '', metadata }: KubernetesObject): string =>
  `${kind}/${metadata?.name ?? ''}`

const ofKind = (objects: readonly KubernetesObject[], kind: string): KubernetesObject[] =>
  objects.map((object) => ({ ...object, kind }))

/** CPUs and memory as the cluster offers them. */
export function InstancetypeField() {
  const { t } = useTranslation()
  const form = useFormContext<VirtualMachineCreateValues>()
  const { namespace } = form.watch('general')
  const { list, objects } = useBoth('Instancetype', namespace)
  const isEmpty = list.isComplete && objects.length === 0
  return (
    <ListedField
      name="general.instancetype"
      label={t('wizard.sizing.instancetypeLabel')}
      isRequired
      list={list}
      typedHint={t('wizard.sizing.typed', {
        example: 'VirtualMachineClusterInstancetype/u1.small',
      })}
      placeholder={t(isEmpty ? 'wizard.sizing.noInstancetypes' : 'wizard.sizing.choose')}
      {...(isEmpty && { hint: t('wizard.sizing.noInstancetypesHint') })}
      choices={(objects as Instancetype[]).map((object) => {
        const { cpu, memory } = object.spec ?? {}
        const size = t('virtualMachine.runtime.cpuAndMemory', {
          count: cpu?.guest ?? 0,
          memory: formatBytes(parseQuantity(memory?.guest ?? '') ?? 0),
        })
        const name = object.metadata?.name ?? ''
        return {
          value: referenceOf(object),
          label: t('wizard.flavorWithSize', { flavor: name, size }),
        }
      })}
    />
  )
}

/** The devices that suit the guest. */
export function PreferenceField() {
  const { t } = useTranslation()
  const form = useFormContext<VirtualMachineCreateValues>()
  const { list, objects } = useBoth('Preference', form.watch('general.namespace'))
  // Buses and models that were not chosen by anybody are the preference's to choose.
  const followPreference = () => {
    const devices = withDevices(form.getValues())
    form.setValue('networking', devices.networking)
    form.setValue('storage', devices.storage)
  }
  return (
    <ListedField
      name="general.preference"
      label={t('wizard.sizing.preferenceLabel')}
      hint={t('wizard.sizing.preferenceHint')}
      list={list}
      typedHint={t('wizard.sizing.typed', {
        example: 'VirtualMachineClusterPreference/fedora',
      })}
      choices={[
        { value: '', label: t('wizard.general.none') },
        ...objects.map((object) => ({
          value: referenceOf(object),
          label: object.metadata?.name ?? '',
        })),
      ]}
      onChange={followPreference}
    />
  )
}

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
    objects: [
      ...ofKind(own.objects, ownResource.kind),
      ...ofKind(cluster.objects, clusterResource.kind),
    ],
  }
}
