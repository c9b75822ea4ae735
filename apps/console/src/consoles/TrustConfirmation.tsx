import { ActionGroup, Alert, Button, Content, Form } from '@patternfly/react-core'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DetailsList, type Detail } from '../ui/DetailsList.tsx'

interface TrustConfirmationProps {
  /** Something else was trusted before. */
  isChanged: boolean
  title: string
  help: string
  details: readonly Detail[]
  /** How it can be compared. */
  how: ReactNode
  trustLabel: string
  onTrust: () => void
  onCancel: () => void
}

/** Guests make their own keys: only somebody who knows the guest can tell whether it is the one. */
export function TrustConfirmation(props: TrustConfirmationProps) {
  const { isChanged, title, help, details, how, trustLabel, onTrust, onCancel } = props
  const { t } = useTranslation()
  const page = useRef<HTMLDivElement>(null)
  // The form that had it is gone; no button, lest Enter decides unread.
  useEffect(() => page.current?.focus(), [])
  return (
    <div ref={page} tabIndex={-1} className="virtdeck-console__page">
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          onTrust()
        }}
      >
        <Alert isInline isLiveRegion variant={isChanged ? 'danger' : 'warning'} title={title}>
          {help}
        </Alert>
        <DetailsList details={details} />
        <Content component="small">{how}</Content>
        <ActionGroup>
          <Button type="submit" variant={isChanged ? 'danger' : 'primary'}>
            {trustLabel}
          </Button>
          <Button variant="link" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        </ActionGroup>
      </Form>
    </div>
  )
}
