import { ActionGroup, Alert, Button, Content, Form } from '@patternfly/react-core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { DetailsList } from '../../ui/DetailsList.tsx'
import type { HostKey } from './ssh-session.ts'

interface HostKeyConfirmationProps {
  hostKey: HostKey
  /** What was confirmed before, where that is another one. */
  pinned: string | undefined
  onTrust: () => void
  onCancel: () => void
}

/** Guests make their own keys: only somebody who knows the guest can tell. */
export function HostKeyConfirmation(props: HostKeyConfirmationProps) {
  const { hostKey, pinned, onTrust, onCancel } = props
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
          title={t(pinned ? 'ssh.hostKey.changed' : 'ssh.hostKey.first')}
        >
          {t(pinned ? 'ssh.hostKey.changedHelp' : 'ssh.hostKey.firstHelp')}
        </Alert>
        <DetailsList
          details={[
            {
              term: t('ssh.hostKey.fingerprint'),
              value: <code>{hostKey.fingerprint}</code>,
            },
            ...(pinned
              ? [{ term: t('ssh.hostKey.before'), value: <code>{pinned}</code> }]
              : []),
            { term: t('ssh.hostKey.algorithm'), value: hostKey.algorithm },
          ]}
        />
        <Content component="small">
          {t('ssh.hostKey.how')} <code>{fingerprintCommand(hostKey)}</code>
        </Content>
        <ActionGroup>
          <Button type="submit" variant={pinned ? 'danger' : 'primary'}>
            {t(pinned ? 'ssh.hostKey.trustNew' : 'ssh.hostKey.trust')}
          </Button>
          <Button variant="link" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        </ActionGroup>
      </Form>
    </div>
  )
}

/** Where OpenSSH keeps its keys, one of each kind. */
function fingerprintCommand({ algorithm }: HostKey): string {
  const kind = ['ed25519', 'ecdsa'].find((each) => algorithm.includes(each)) ?? 'rsa'
  return `ssh-keygen -lf /etc/ssh/ssh_host_${kind}_key.pub`
}
