import { Content, Grid, GridItem } from '@patternfly/react-core'
import { cpuItem, type CpuValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { CheckboxField } from '../fields/CheckboxField.tsx'
import { TextField } from '../fields/TextField.tsx'
import { editDialog } from './EditDialog.tsx'

function CpuFields() {
  const { t } = useTranslation()
  const { sockets, cores, threads } = useFormContext<CpuValues>().watch()
  const count = Number(sockets) * Number(cores) * Number(threads)
  return (
    <>
      <Grid hasGutter>
        {(['sockets', 'cores', 'threads'] as const).map((name) => (
          <GridItem key={name} sm={4}>
            <TextField
              name={name}
              label={t(`configuration.cpu.${name}`)}
              inputMode="numeric"
              isRequired
            />
          </GridItem>
        ))}
      </Grid>
      {Number.isInteger(count) && (
        <Content component="p">{t('configuration.cpu.total', { count })}</Content>
      )}
      <CheckboxField
        name="dedicated"
        label={t('configuration.cpu.dedicated')}
        description={t('configuration.cpu.dedicatedHint')}
      />
    </>
  )
}

export const CpuDialog = editDialog({
  subject: 'cpu',
  item: cpuItem,
  Fields: CpuFields,
  effect: 'sockets',
})
