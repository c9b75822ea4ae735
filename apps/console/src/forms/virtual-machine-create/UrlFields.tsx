import { RESOURCES } from '@virtdeck/kubernetes'
import type { VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { Trans, useTranslation } from 'react-i18next'
import { HelpPopover } from '../fields/HelpPopover.tsx'
import { ListedField } from '../fields/ListedField.tsx'
import { TextField } from '../fields/TextField.tsx'
import { useListedMetadata } from '../fields/use-listed-metadata.ts'

/** An image to download, and what its server wants and shows for it. */
export function UrlFields() {
  const { t } = useTranslation()
  const { watch } = useFormContext<VirtualMachineCreateValues>()
  const namespace = watch('general.namespace')
  const secrets = useListedMetadata(RESOURCES.secrets, namespace)
  const configMaps = useListedMetadata(RESOURCES.configMaps, namespace)
  const none = { value: '', label: t('wizard.general.none') }
  const choices = (names: readonly string[]) => [
    none,
    ...names.map((value) => ({ value, label: value })),
  ]
  const secretLabel = t('wizard.general.urlSecret')
  const certificatesLabel = t('wizard.general.urlCertificates')
  return (
    <>
      <TextField
        name="general.url"
        label={t('wizard.general.url')}
        hint={t('wizard.general.urlHint')}
        placeholder="https://example.com/images/disk.qcow2"
        inputMode="url"
        isRequired
      />
      <ListedField
        name="general.urlSecret"
        label={secretLabel}
        labelHelp={
          <HelpPopover subject={secretLabel}>
            <Trans i18nKey="wizard.general.urlSecretHelp" components={KEY} />
          </HelpPopover>
        }
        hint={t('wizard.general.urlSecretHint')}
        list={secrets}
        choices={choices(secrets.names)}
      />
      <ListedField
        name="general.urlCertificates"
        label={certificatesLabel}
        labelHelp={
          <HelpPopover subject={certificatesLabel}>
            <Trans i18nKey="wizard.general.urlCertificatesHelp" components={KEY} />
          </HelpPopover>
        }
        hint={t('wizard.general.urlCertificatesHint')}
        list={configMaps}
        choices={choices(configMaps.names)}
      />
    </>
  )
}

/** Names of keys stand out in the text, for they must be typed exactly so. */
const KEY = { code: <code /> }
