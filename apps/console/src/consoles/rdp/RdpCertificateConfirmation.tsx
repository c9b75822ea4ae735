import { ActionGroup, Alert, Button, Content, Form } from '@patternfly/react-core'
import type { RdpCertificate } from '@virtdeck/bff-contract'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { DetailsList } from '../../ui/DetailsList.tsx'
import { Timestamp } from '../../ui/Timestamp.tsx'

interface RdpCertificateConfirmationProps {
  certificate: RdpCertificate
  /** What was confirmed before, where that is another one. */
  pinned: string | undefined
  onTrust: () => void
  onCancel: () => void
}

/** Guests sign their certificates themselves: only somebody who knows the guest can tell. */
export function RdpCertificateConfirmation(props: RdpCertificateConfirmationProps) {
  const { certificate, pinned, onTrust, onCancel } = props
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
        <Alert
          isInline
          isLiveRegion
          variant={pinned ? 'danger' : 'warning'}
          title={t(pinned ? 'rdp.certificate.changed' : 'rdp.certificate.first')}
        >
          {t(pinned ? 'rdp.certificate.changedHelp' : 'rdp.certificate.firstHelp')}
        </Alert>
        <DetailsList
          details={[
            { term: t('rdp.certificate.subject'), value: certificate.subject },
            {
              term: t('rdp.certificate.fingerprint'),
              value: <code>{certificate.fingerprint}</code>,
            },
            ...(pinned
              ? [{ term: t('rdp.certificate.before'), value: <code>{pinned}</code> }]
              : []),
            {
              term: t('rdp.certificate.validTo'),
              value: <Timestamp time={certificate.validTo} />,
            },
            {
              term: t('rdp.certificate.security'),
              value: t(
                certificate.networkLevelAuthentication
                  ? 'rdp.certificate.nla'
                  : 'rdp.certificate.tls',
              ),
            },
          ]}
        />
        <Content component="small">{t('rdp.certificate.how')}</Content>
        <ActionGroup>
          <Button type="submit" variant={pinned ? 'danger' : 'primary'}>
            {t('rdp.certificate.trust')}
          </Button>
          <Button variant="link" onClick={onCancel}>
            {t('rdp.certificate.cancel')}
          </Button>
        </ActionGroup>
      </Form>
    </div>
  )
}
