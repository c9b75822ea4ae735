import type { RdpCertificate } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'
import { Timestamp } from '../../ui/Timestamp.tsx'
import { TrustConfirmation } from '../TrustConfirmation.tsx'

interface RdpCertificateConfirmationProps {
  certificate: RdpCertificate
  /** What was confirmed before, where that is another one. */
  pinned: string | undefined
  onTrust: () => void
  onCancel: () => void
}

export function RdpCertificateConfirmation(props: RdpCertificateConfirmationProps) {
  const { certificate, pinned, onTrust, onCancel } = props
  const { t } = useTranslation()
  return (
    <TrustConfirmation
      isChanged={pinned !== undefined}
      title={t(pinned ? 'rdp.certificate.changed' : 'rdp.certificate.first')}
      help={t(pinned ? 'rdp.certificate.changedHelp' : 'rdp.certificate.firstHelp')}
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
      how={t('rdp.certificate.how')}
      trustLabel={t('rdp.certificate.trust')}
      onTrust={onTrust}
      onCancel={onCancel}
    />
  )
}
