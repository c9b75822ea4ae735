import {
  ActionGroup,
  Alert,
  Button,
  Checkbox,
  Content,
  Form,
  FormGroup,
  TextInput,
} from '@patternfly/react-core'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RdpCredentials } from './rdp-session.ts'

interface RdpSignInProps {
  mayConnect: boolean
  /** What stands in the way now. */
  notice: ReactNode
  /** What became of the last attempt. */
  problem: { title: string; body: string; isError: boolean } | undefined
  isBusy: boolean
  /** What was typed before; never the password. */
  known: Pick<RdpCredentials, 'userName' | 'domain'>
  asksForWholePictures: boolean
  onWholePictures: (wanted: boolean) => void
  onSubmit: (credentials: RdpCredentials) => void
}

/** Who one is in the guest. It goes to the guest, and is kept nowhere. */
export function RdpSignIn(props: RdpSignInProps) {
  const { mayConnect, notice, problem, isBusy, known } = props
  const { asksForWholePictures, onWholePictures, onSubmit } = props
  const { t } = useTranslation()
  const [userName, setUserName] = useState(known.userName)
  const [password, setPassword] = useState('')
  const [domain, setDomain] = useState(known.domain)

  function submit(event: FormEvent): void {
    event.preventDefault()
    onSubmit({ userName: userName.trim(), password, domain: domain.trim() })
    setPassword('')
  }

  return (
    <div className="virtdeck-console__page">
      <Form onSubmit={submit} isWidthLimited>
        {notice}
        {problem && (
          <Alert
            variant={problem.isError ? 'danger' : 'info'}
            isInline
            title={problem.title}
            isLiveRegion
          >
            {problem.body}
          </Alert>
        )}
        <Content component="p">{t('rdp.signIn.intro')}</Content>
        <FormGroup label={t('rdp.signIn.userName')} fieldId="rdp-user" isRequired>
          <TextInput
            id="rdp-user"
            value={userName}
            autoComplete="off"
            isRequired
            onChange={(_event, value) => setUserName(value)}
          />
        </FormGroup>
        <FormGroup label={t('rdp.signIn.password')} fieldId="rdp-password">
          <TextInput
            id="rdp-password"
            type="password"
            value={password}
            autoComplete="off"
            onChange={(_event, value) => setPassword(value)}
          />
        </FormGroup>
        <FormGroup label={t('rdp.signIn.domain')} fieldId="rdp-domain">
          <TextInput
            id="rdp-domain"
            value={domain}
            autoComplete="off"
            onChange={(_event, value) => setDomain(value)}
          />
        </FormGroup>
        <Checkbox
          id="rdp-pictures"
          label={t('rdp.signIn.wholePictures')}
          description={t('rdp.signIn.wholePicturesHelp')}
          isChecked={asksForWholePictures}
          onChange={(_event, checked) => onWholePictures(checked)}
        />
        <ActionGroup>
          <Button
            type="submit"
            isLoading={isBusy}
            isDisabled={isBusy || !mayConnect || userName.trim() === ''}
          >
            {t('consoles.action.connect')}
          </Button>
        </ActionGroup>
        <Content component="small">{t('rdp.limits')}</Content>
      </Form>
    </div>
  )
}
