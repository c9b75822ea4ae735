import { RESOURCES } from '@virtdeck/kubernetes'
import {
  deviceDefaults,
  disksOf,
  newNic,
  withSource,
  type ProvisionSource,
  type VirtualMachine,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useMemo } from 'react'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { RadioField } from '../fields/RadioField.tsx'
import { TextField } from '../fields/TextField.tsx'
import { useListedObjects } from '../fields/use-listed-objects.ts'
import { CloneFields } from './CloneFields.tsx'
import { UrlFields } from './UrlFields.tsx'

const SOURCES = ['container', 'url', 'clonedDisk', 'pxe', 'import'] as const

type Source = (typeof SOURCES)[number]

const isAvailable = (source: Source): source is ProvisionSource => source !== 'import'

/** F-10: where the first disk comes from. */
export function SourceFields() {
  const { t } = useTranslation()
  const { watch, setValue, getValues } = useFormContext<VirtualMachineCreateValues>()
  const chosen = watch('general.source')
  const choose = (source: Source) => {
    if (!isAvailable(source)) return
    const { general, storage, networking } = getValues()
    const { bus, model } = deviceDefaults(general)
    setValue('general.source', source)
    setValue('storage', withSource(storage, source, bus))
    // The pod network has nothing to boot from: the one NIC that is there by default moves on.
    const [only, ...others] = networking.nics
    if (source === 'pxe' && only && others.length === 0) {
      const added = newNic(networking.nics, model)
      setValue('networking', { nics: [only, added], bootNic: added.name })
    }
  }
  return (
    <>
      <RadioField<Source>
        name="general.source"
        label={t('wizard.general.source')}
        isRequired
        choices={SOURCES.map((value) => ({
          value,
          label: t(`wizard.source.${value}`),
          description: t(`wizard.sourceHint.${value}`),
          isDisabled: !isAvailable(value),
        }))}
        onChoose={choose}
      />
      {chosen === 'container' && <ImageField />}
      {chosen === 'url' && <UrlFields />}
      {chosen === 'clonedDisk' && <CloneFields />}
    </>
  )
}

/** Offers the images that VMs of the cluster boot from already. */
export function ImageField() {
  const { t } = useTranslation()
  const { objects } = useListedObjects(RESOURCES.virtualMachines)
  const images = useMemo(() => {
    const disks = (objects as VirtualMachine[]).flatMap((virtualMachine) =>
      virtualMachine.spec ? disksOf(virtualMachine) : [],
    )
    const used = disks.filter(({ volumeType }) => volumeType === 'containerDisk')
    return [...new Set([SAMPLE_IMAGE, ...used.flatMap(({ source }) => source ?? [])])]
  }, [objects])
  return (
    <TextField
      name="general.image"
      label={t('wizard.general.image')}
      hint={t('wizard.general.imageHint', { image: SAMPLE_IMAGE })}
      placeholder="quay.io/containerdisks/fedora:latest"
      suggestions={images}
      isRequired
    />
  )
}

/** The container disk that Virtdeck's own cluster comes with. */
const SAMPLE_IMAGE = 'localhost/virtdeck/tiny-linux:latest'
