import { FormGroup, Radio } from '@patternfly/react-core'
import { RESOURCES } from '@virtdeck/kubernetes'
import {
  deviceDefaults,
  disksOf,
  withSource,
  type ProvisionSource,
  type VirtualMachine,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useMemo } from 'react'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { TextField } from '../fields/TextField.tsx'
import { useListedObjects } from '../fields/use-listed-objects.ts'

const SOURCES = ['container', 'url', 'pxe', 'clonedDisk', 'import'] as const

const isAvailable = (source: (typeof SOURCES)[number]): source is ProvisionSource =>
  source === 'container' || source === 'url'

/** F-10: where the first disk comes from. */
export function SourceFields() {
  const { t } = useTranslation()
  const { watch, setValue, getValues } = useFormContext<VirtualMachineCreateValues>()
  const chosen = watch('general.source')
  const choose = (source: ProvisionSource) => {
    const { general, storage } = getValues()
    const { bus } = deviceDefaults(general.operatingSystem)
    setValue('general.source', source)
    setValue('storage', withSource(storage, source, bus))
  }
  return (
    <>
      <FormGroup role="radiogroup" label={t('wizard.general.source')} isRequired isStack>
        {SOURCES.map((source) => (
          <Radio
            key={source}
            id={`source-${source}`}
            name="general.source"
            label={t(`wizard.source.${source}`)}
            description={t(`wizard.sourceHint.${source}`)}
            isChecked={chosen === source}
            isDisabled={!isAvailable(source)}
            onChange={() => isAvailable(source) && choose(source)}
          />
        ))}
      </FormGroup>
      {chosen === 'container' ? <ImageField /> : <UrlField />}
    </>
  )
}

function UrlField() {
  const { t } = useTranslation()
  return (
    <TextField
      name="general.url"
      label={t('wizard.general.url')}
      hint={t('wizard.general.urlHint')}
      placeholder="https://example.com/images/disk.qcow2"
      inputMode="url"
      isRequired
    />
  )
}

/** Offers the images that VMs of the cluster boot from already. */
function ImageField() {
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
