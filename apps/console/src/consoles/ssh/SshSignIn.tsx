import {
  ActionGroup,
  Button,
  Content,
  FileUpload,
  Form,
  FormGroup,
  Radio,
  TextInput,
} from '@patternfly/react-core'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SshSignInRequest } from './ssh-session.ts'

interface SshSignInProps {
  /** What became of the last attempt, and what stands in the way now. */
  notices: ReactNode
  userName: string
  onSubmit: (request: SshSignInRequest) => void
}

/** No private key is as large; what is dropped here by mistake is. */
const MAX_KEY_BYTES = 32 * 1024

/** Who one is in the guest. It goes to the guest, and is kept nowhere. */
export function SshSignIn({ notices, userName: known, onSubmit }: SshSignInProps) {
  const { t } = useTranslation()
  const [userName, setUserName] = useState(known)
  const [method, setMethod] = useState<'password' | 'key'>('password')
  const [password, setPassword] = useState('')
  const [privateKey, setPrivateKey] = useState('')
  const [keyName, setKeyName] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const isReady = userName.trim() !== '' && (method === 'password' || privateKey.trim() !== '')

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!isReady) return
    const credentials =
      method === 'password'
        ? { password }
        : { privateKey, ...(passphrase !== '' && { passphrase }) }
    onSubmit({ userName: userName.trim(), credentials })
  }

  return (
    <div className="virtdeck-console__page">
      <Form onSubmit={submit} isWidthLimited>
        {notices}
        <Content component="p">{t('ssh.signIn.intro')}</Content>
        <FormGroup label={t('ssh.signIn.userName')} fieldId="ssh-user" isRequired>
          <TextInput
            id="ssh-user"
            value={userName}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            isRequired
            onChange={(_event, value) => setUserName(value)}
          />
        </FormGroup>
        <FormGroup role="radiogroup" label={t('ssh.signIn.method')} isInline>
          {(['password', 'key'] as const).map((each) => (
            <Radio
              key={each}
              id={`ssh-method-${each}`}
              name="ssh-method"
              label={t(`ssh.signIn.${each}`)}
              isChecked={method === each}
              onChange={() => setMethod(each)}
            />
          ))}
        </FormGroup>
        {method === 'password' && (
          <FormGroup label={t('ssh.signIn.password')} fieldId="ssh-password">
            <TextInput
              id="ssh-password"
              type="password"
              value={password}
              autoComplete="off"
              onChange={(_event, value) => setPassword(value)}
            />
          </FormGroup>
        )}
        {method === 'key' && (
          <>
            <FormGroup label={t('ssh.signIn.key')} fieldId="ssh-key" isRequired>
              <FileUpload
                id="ssh-key"
                type="text"
                value={privateKey}
                filename={keyName}
                filenamePlaceholder={t('ssh.signIn.keyHint')}
                browseButtonText={t('ssh.signIn.browse')}
                clearButtonText={t('ssh.signIn.clear')}
                textAreaPlaceholder="-----BEGIN OPENSSH PRIVATE KEY-----"
                aria-label={t('ssh.signIn.key')}
                allowEditingUploadedText
                dropzoneProps={{ maxSize: MAX_KEY_BYTES }}
                onFileInputChange={(_event, { name }) => setKeyName(name)}
                onDataChange={(_event, text) => setPrivateKey(text)}
                onTextChange={(_event, text) => setPrivateKey(text)}
                onClearClick={() => {
                  setPrivateKey('')
                  setKeyName('')
                }}
              />
            </FormGroup>
            <FormGroup label={t('ssh.signIn.passphrase')} fieldId="ssh-passphrase">
              <TextInput
                id="ssh-passphrase"
                type="password"
                value={passphrase}
                autoComplete="off"
                onChange={(_event, value) => setPassphrase(value)}
              />
            </FormGroup>
          </>
        )}
        <ActionGroup>
          <Button type="submit" isDisabled={!isReady}>
            {t('consoles.action.connect')}
          </Button>
        </ActionGroup>
        <Content component="small">{t('ssh.limits')}</Content>
      </Form>
    </div>
  )
}
