import { Button, Progress, Title } from '@patternfly/react-core'
import { TimesIcon } from '@patternfly/react-icons/dist/esm/icons/times-icon'
import { formatBytes } from '@virtdeck/kubernetes'
import { useTranslation } from 'react-i18next'
import styles from './FilesPanel.module.css'
import type { SshFiles, Transfer } from './ssh-files.ts'

/** What is on its way, and what became of it. */
export function TransferList({ files }: { files: SshFiles }) {
  const { t } = useTranslation()
  const transfers = files.transfers.use()
  if (transfers.length === 0) return null
  const isAnyOver = transfers.some((each) => !isOpen(each))
  return (
    <section className={styles['transfers']} aria-label={t('ssh.files.transfers')}>
      <div className={styles['head']}>
        <Title headingLevel="h3" size="md">
          {t('ssh.files.transfers')}
        </Title>
        {isAnyOver && (
          <Button variant="link" size="sm" isInline onClick={files.forget}>
            {t('ssh.files.forget')}
          </Button>
        )}
      </div>
      {transfers.toReversed().map((transfer) => (
        <div key={transfer.id} className={styles['transfer']}>
          <TransferProgress transfer={transfer} />
          {isOpen(transfer) && (
            <Button
              variant="plain"
              size="sm"
              icon={<TimesIcon />}
              aria-label={t('ssh.files.cancel', { name: transfer.name })}
              onClick={() => files.cancel(transfer.id)}
            />
          )}
        </div>
      ))}
    </section>
  )
}

const isOpen = ({ state }: Transfer) => state === 'waiting' || state === 'running'

function TransferProgress({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation()
  const { id, name, direction, bytes, size, state, failure } = transfer
  const failed = state === 'failed'
  const percent = size === 0 ? (state === 'done' ? 100 : 0) : Math.floor((bytes / size) * 100)
  const help =
    failed && failure
      ? t(`ssh.files.failure.${failure.reason}`)
      : state === 'running'
        ? t('ssh.files.progress', { done: formatBytes(bytes), total: formatBytes(size) })
        : t(`ssh.files.state.${state}`)
  return (
    <Progress
      id={`ssh-transfer-${id}`}
      size="sm"
      title={t(`ssh.files.${direction}Of`, { name })}
      value={Math.min(100, percent)}
      helperText={help}
      {...(failed && { variant: 'danger' as const })}
      {...(state === 'done' && { variant: 'success' as const })}
    />
  )
}
