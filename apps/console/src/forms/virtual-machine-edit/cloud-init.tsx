import { Alert } from '@patternfly/react-core'
import { cloudInitItem, cloudInitOf, sshKeysItem } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { TextField } from '../fields/TextField.tsx'
import type { EditDialogProps } from './edit-form.ts'
import { editDialog } from './EditDialog.tsx'
import { RowList } from './RowList.tsx'

function CloudInitFields({ virtualMachine }: EditDialogProps) {
  const { t } = useTranslation()
  const { userDataSecret, networkDataSecret } = cloudInitOf(virtualMachine) ?? {}
  return (
    <>
      {userDataSecret === undefined ? (
        <TextField
          name="userData"
          label={t('configuration.cloudInit.userData')}
          hint={t('configuration.cloudInit.visible')}
          placeholder="#cloud-config"
          isMultiline
          isCode
        />
      ) : (
        <Alert
          isInline
          isPlain
          variant="info"
          title={t('configuration.cloudInit.secret', { name: userDataSecret })}
        />
      )}
      {networkDataSecret === undefined ? (
        <TextField
          name="networkData"
          label={t('configuration.cloudInit.networkData')}
          isMultiline
          isCode
        />
      ) : (
        <Alert
          isInline
          isPlain
          variant="info"
          title={t('configuration.cloudInit.networkSecret', { name: networkDataSecret })}
        />
      )}
    </>
  )
}

export const CloudInitDialog = editDialog({
  subject: 'cloudInit',
  item: cloudInitItem,
  Fields: CloudInitFields,
  effect: 'firstStart',
  variant: 'medium',
})

function SshKeysFields() {
  const { t } = useTranslation()
  return (
    <RowList<string>
      name="sshKeys"
      hint={t('configuration.sshKeys.hint')}
      addLabel={t('wizard.cloudInit.addSshKey')}
      removeLabel={(number) => t('wizard.cloudInit.removeSshKey', { number })}
      newRow=""
    >
      {(path, number) => (
        <TextField
          name={path}
          label={t('wizard.cloudInit.sshKey', { number })}
          placeholder="ssh-ed25519 AAAA… user@host"
          isRequired
        />
      )}
    </RowList>
  )
}

export const SshKeysDialog = editDialog({
  subject: 'sshKeys',
  item: sshKeysItem,
  Fields: SshKeysFields,
  effect: 'firstStart',
  variant: 'medium',
})
