import { Alert, Button } from '@patternfly/react-core'
import { FileIcon } from '@patternfly/react-icons/dist/esm/icons/file-icon'
import { FolderIcon } from '@patternfly/react-icons/dist/esm/icons/folder-icon'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import type { SshFileEntry } from '@virtdeck/bff-contract'
import { formatBytes } from '@virtdeck/kubernetes'
import { useTranslation } from 'react-i18next'
import { Age } from '../../ui/Age.tsx'
import { Loading } from '../../ui/Loading.tsx'
import styles from './FilesPanel.module.css'
import { pathIn } from './guest-paths.ts'
import type { OpenFolder } from './use-guest-folder.ts'

interface FolderTableProps {
  folder: OpenFolder
  onDownload: (name: string) => void
}

/** Folders first; a folder's name opens it, a file's name downloads it. */
export function FolderTable({ folder, onDownload }: FolderTableProps) {
  const { t } = useTranslation()
  const { shown, failure, isLoading, open } = folder
  if (isLoading && !shown) return <Loading />
  return (
    <>
      {failure && (
        <Alert isInline isLiveRegion variant="danger" title={t('ssh.files.notListed')}>
          {t(`ssh.files.failure.${failure.reason}`)}
        </Alert>
      )}
      {shown?.isCut && (
        <Alert
          isInline
          variant="info"
          title={t('ssh.files.cut', { count: shown.entries.length })}
        />
      )}
      {shown?.entries.length === 0 && <p>{t('ssh.files.empty')}</p>}
      {shown && shown.entries.length > 0 && (
        <Table variant="compact" aria-label={shown.path} aria-busy={isLoading}>
          <Thead>
            <Tr>
              <Th>{t('ssh.files.name')}</Th>
              <Th modifier="fitContent">{t('ssh.files.size')}</Th>
              <Th modifier="fitContent" className={styles['modified'] ?? ''}>
                {t('ssh.files.modified')}
              </Th>
            </Tr>
          </Thead>
          <Tbody>
            {shown.entries.toSorted(byKindAndName).map((entry) => (
              <Tr key={entry.name}>
                <Td>
                  <Name
                    entry={entry}
                    onOpen={() => open(pathIn(shown.path, entry.name))}
                    onDownload={() => onDownload(entry.name)}
                  />
                </Td>
                <Td modifier="nowrap">{entry.type === 'file' && formatBytes(entry.size)}</Td>
                <Td modifier="nowrap" className={styles['modified'] ?? ''}>
                  <Age time={new Date(entry.modified * 1000).toISOString()} />
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </>
  )
}

interface NameProps {
  entry: SshFileEntry
  onOpen: () => void
  onDownload: () => void
}

function Name({ entry: { name, type }, onOpen, onDownload }: NameProps) {
  const { t } = useTranslation()
  if (type === 'other') return <>{name}</>
  const isFolder = type === 'directory'
  return (
    <Button
      variant="link"
      isInline
      className={styles['name'] ?? ''}
      icon={isFolder ? <FolderIcon /> : <FileIcon />}
      aria-label={t(isFolder ? 'ssh.files.open' : 'ssh.files.download', { name })}
      onClick={isFolder ? onOpen : onDownload}
    >
      {name}
    </Button>
  )
}

function byKindAndName(one: SshFileEntry, other: SshFileEntry): number {
  const rank = ({ type }: SshFileEntry) => (type === 'directory' ? 0 : 1)
  return rank(one) - rank(other) || one.name.localeCompare(other.name)
}
