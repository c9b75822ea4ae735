import { Grid, GridItem } from '@patternfly/react-core'
import { formatBytes, parseQuantity } from '@virtdeck/kubernetes'
import { FLAVORS, type Preset, type VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { SelectField } from '../fields/SelectField.tsx'
import { TextField } from '../fields/TextField.tsx'

const PRESETS = Object.keys(FLAVORS) as Preset[]

/** F-10: a preset, or CPUs and memory. */
export function SizeFields() {
  const { t } = useTranslation()
  const { watch } = useFormContext<VirtualMachineCreateValues>()
  const isCustom = watch('general.flavor') === 'custom'
  const presets = PRESETS.map((value) => {
    const { cpus, memory } = FLAVORS[value]
    const size = t('virtualMachine.runtime.cpuAndMemory', {
      count: cpus,
      memory: formatBytes(parseQuantity(memory) ?? 0),
    })
    return {
      value,
      label: t('wizard.flavorWithSize', { flavor: t(`wizard.flavor.${value}`), size }),
    }
  })
  return (
    <>
      <SelectField
        name="general.flavor"
        label={t('wizard.general.flavor')}
        isRequired
        choices={[...presets, { value: 'custom', label: t('wizard.flavor.custom') }]}
      />
      {isCustom && (
        <Grid hasGutter>
          <GridItem sm={4}>
            <TextField
              name="general.cpus"
              label={t('wizard.general.cpus')}
              inputMode="numeric"
              isRequired
            />
          </GridItem>
          <GridItem sm={4}>
            <TextField
              name="general.memory"
              label={t('wizard.general.memory')}
              inputMode="decimal"
              isRequired
            />
          </GridItem>
          <GridItem sm={4}>
            <SelectField
              name="general.memoryUnit"
              label={t('wizard.general.memoryUnit')}
              choices={[
                { value: 'Mi', label: t('wizard.unit.Mi') },
                { value: 'Gi', label: t('wizard.unit.Gi') },
              ]}
            />
          </GridItem>
        </Grid>
      )}
    </>
  )
}
