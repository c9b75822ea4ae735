import {
  ActionGroup,
  Button,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  InputGroup,
  InputGroupItem,
  TextInput,
} from '@patternfly/react-core'
import { EyeIcon, EyeSlashIcon } from '@patternfly/react-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../live/api-error.ts'

interface TokenFormProps {
  isPending: boolean
  error: ApiError | null
  onSubmit: (token: string) => void
}

export function TokenForm({ isPending, error, onSubmit }: TokenFormProps) {
  const { t } = useTranslation()
  const [token, setToken] = useState('')
  const [isShown, setIsShown] = useState(false)
  const [isMissing, setIsMissing] = useState(false)
  const problem = isMissing ? t('login.tokenMissing') : error && problemOf(error)

  function problemOf({ status, message }: ApiError): string {
    if (status === 401) return t('login.tokenRefused')
    if (status === 429) return t('login.tooMany')
    return status === 0 ? t('error.unreachable') : message
  }

  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault()
        // Copied tokens often bring a line break along.
        const trimmed = token.trim()
        setIsMissing(trimmed === '')
        if (trimmed !== '') onSubmit(trimmed)
      }}
    >
      <FormGroup label={t('login.token')} fieldId="token" isRequired>
        <InputGroup>
          <InputGroupItem isFill>
            <TextInput
              id="token"
              name="token"
              type={isShown ? 'text' : 'password'}
              value={token}
              validated={problem ? 'error' : 'default'}
              aria-describedby="token-help"
              aria-invalid={!!problem}
              autoComplete="off"
              spellCheck={false}
              // The page's only field.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              onChange={(_event, value) => {
                setToken(value)
                setIsMissing(false)
              }}
            />
          </InputGroupItem>
          <InputGroupItem>
            <Button
              variant="control"
              aria-label={isShown ? t('login.hideToken') : t('login.showToken')}
              icon={isShown ? <EyeSlashIcon /> : <EyeIcon />}
              onClick={() => setIsShown(!isShown)}
            />
          </InputGroupItem>
        </InputGroup>
        <FormHelperText>
          <HelperText id="token-help" isLiveRegion>
            <HelperTextItem variant={problem ? 'error' : 'default'}>
              {problem || t('login.tokenHelp')}
            </HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
      <ActionGroup>
        <Button type="submit" isLoading={isPending} isAriaDisabled={isPending} isBlock>
          {t('login.submit')}
        </Button>
      </ActionGroup>
    </Form>
  )
}
