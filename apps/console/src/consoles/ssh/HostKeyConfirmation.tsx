import { useTranslation } from 'react-i18next'
import { TrustConfirmation } from '../TrustConfirmation.tsx'
import type { HostKey } from './ssh-session.ts'

interface HostKeyConfirmationProps {
  hostKey: HostKey
  /** What was confirmed before, where that is another one. */
  pinned: string | undefined
  onTrust: () => void
  onCancel: () => void
}

export function HostKeyConfirmation(props: HostKeyConfirmationProps) {
  const { hostKey, pinned, onTrust, onCancel } = props
  const { t } = useTranslation()
  return (
    <TrustConfirmation
      isChanged={pinned !== undefined}
      title={t(pinned ? 'ssh.hostKey.changed' : 'ssh.hostKey.first')}
      help={t(pinned ? 'ssh.hostKey.changedHelp' : 'ssh.hostKey.firstHelp')}
      details={[
        { term: t('ssh.hostKey.fingerprint'), value: <code>{hostKey.fingerprint}</code> },
        ...(pinned ? [{ term: t('ssh.hostKey.before'), value: <code>{pinned}</code> }] : []),
        { term: t('ssh.hostKey.algorithm'), value: hostKey.algorithm },
      ]}
      how={
        <>
          {t('ssh.hostKey.how')} <code>{fingerprintCommand(hostKey)}</code>
        </>
      }
      trustLabel={t(pinned ? 'ssh.hostKey.trustNew' : 'ssh.hostKey.trust')}
      onTrust={onTrust}
      onCancel={onCancel}
    />
  )
}

/** Where OpenSSH keeps its keys, one of each kind. */
function fingerprintCommand({ algorithm }: HostKey): string {
  const kind = ['ed25519', 'ecdsa'].find((each) => algorithm.includes(each)) ?? 'rsa'
  return `ssh-keygen -lf /etc/ssh/ssh_host_${kind}_key.pub`
}
