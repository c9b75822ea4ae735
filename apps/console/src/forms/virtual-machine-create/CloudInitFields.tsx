import { Button, FormFieldGroup, FormFieldGroupHeader, Radio } from '@patternfly/react-core'
import { MinusCircleIcon, PlusCircleIcon } from '@patternfly/react-icons'
import type { VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { CheckboxField } from '../fields/CheckboxField.tsx'
import { useFieldProblems } from '../fields/form-problems.ts'
import { TextField } from '../fields/TextField.tsx'
import styles from './CloudInitFields.module.css'

const MODES = ['fields', 'script'] as const

/** F-11: fields for what most people want, or a script in their place. */
export function CloudInitFields() {
  const { t } = useTranslation()
  const { watch, setValue } = useFormContext<VirtualMachineCreateValues>()
  const mode = watch('general.cloudInit.mode')
  return (
    <FormFieldGroup
      header={
        <FormFieldGroupHeader
          titleText={{ text: t('wizard.cloudInit.title'), id: 'cloud-init-title' }}
          titleDescription={t('wizard.cloudInit.hint')}
        />
      }
    >
      <div role="radiogroup" aria-labelledby="cloud-init-title" className={styles['modes']}>
        {MODES.map((value) => (
          <Radio
            key={value}
            id={`cloud-init-${value}`}
            name="general.cloudInit.mode"
            label={t(`wizard.cloudInit.mode.${value}`)}
            isChecked={mode === value}
            onChange={() => setValue('general.cloudInit.mode', value)}
          />
        ))}
      </div>
      {mode === 'fields' ? (
        <>
          <TextField
            name="general.cloudInit.hostname"
            label={t('wizard.cloudInit.hostname')}
            hint={t('wizard.cloudInit.hostnameHint')}
          />
          <SshKeys />
          <CheckboxField
            name="general.cloudInit.installGuestAgent"
            label={t('wizard.cloudInit.installGuestAgent')}
            description={t('wizard.cloudInit.installGuestAgentHint')}
          />
        </>
      ) : (
        <TextField
          name="general.cloudInit.script"
          label={t('wizard.cloudInit.script')}
          hint={t('wizard.cloudInit.scriptHint')}
          placeholder="#cloud-config"
          isMultiline
          isCode
          isRequired
        />
      )}
    </FormFieldGroup>
  )
}

function SshKeys() {
  const { t } = useTranslation()
  const { watch, setValue } = useFormContext<VirtualMachineCreateValues>()
  const keys = watch('general.cloudInit.sshKeys')
  const change = (changed: string[]) => setValue('general.cloudInit.sshKeys', changed)
  const together = useFieldProblems('general.cloudInit.sshKeys', true)
  return (
    <>
      {keys.map((_key, index) => (
        // Keys have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={styles['key']}>
          <TextField
            name={`general.cloudInit.sshKeys.${index}`}
            label={t('wizard.cloudInit.sshKey', { number: index + 1 })}
            placeholder="ssh-ed25519 AAAA… user@host"
            isRequired
          />
          <Button
            variant="plain"
            className={styles['remove'] ?? ''}
            icon={<MinusCircleIcon />}
            aria-label={t('wizard.cloudInit.removeSshKey', { number: index + 1 })}
            onClick={() => change(keys.filter((_other, other) => other !== index))}
          />
        </div>
      ))}
      {together.map((problem) => (
        <p key={problem} className={styles['problem']}>
          {problem}
        </p>
      ))}
      <div>
        <Button
          variant="link"
          isInline
          icon={<PlusCircleIcon />}
          onClick={() => change([...keys, ''])}
        >
          {t('wizard.cloudInit.addSshKey')}
        </Button>
      </div>
    </>
  )
}
