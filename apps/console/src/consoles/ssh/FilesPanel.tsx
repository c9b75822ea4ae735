import { Button, Title } from '@patternfly/react-core'
import { TimesIcon } from '@patternfly/react-icons/dist/esm/icons/times-icon'
import { UploadIcon } from '@patternfly/react-icons/dist/esm/icons/upload-icon'
import { useCallback, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { downloadText } from '../../yaml-editor/download-text.ts'
import styles from './FilesPanel.module.css'
import { FolderTable } from './FolderTable.tsx'
import { FolderPath } from './FolderPath.tsx'
import { pathIn } from './guest-paths.ts'
import { ReplaceConfirmation } from './ReplaceConfirmation.tsx'
import type { SshFiles } from './ssh-files.ts'
import { TransferList } from './TransferList.tsx'
import { useFileDrop } from './use-file-drop.ts'
import { useGuestFolder } from './use-guest-folder.ts'
import { useUploads } from './use-uploads.ts'

interface FilesPanelProps {
  files: SshFiles
  onClose: () => void
}

/** F-45: files of the guest, to and fro. */
export function FilesPanel({ files, onClose }: FilesPanelProps) {
  const { t } = useTranslation()
  const panel = useRef<HTMLElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const folder = useGuestFolder(files)
  const uploads = useUploads(files, { onUploaded: folder.reload })
  const path = folder.shown?.path

  const { add } = uploads
  const upload = useCallback(
    (chosen: FileList | null) => {
      if (path === undefined || !chosen) return
      add([...chosen].map((file) => ({ file, path: pathIn(path, file.name) })))
    },
    [path, add],
  )
  const isDraggedOver = useFileDrop(panel, upload)

  async function download(name: string): Promise<void> {
    if (path === undefined) return
    // The list of transfers tells why not.
    const content = await files.download(pathIn(path, name)).catch(() => undefined)
    if (content) downloadText(name, content)
  }

  return (
    <aside
      ref={panel}
      className={styles['panel']}
      aria-label={t('ssh.files.title')}
      data-dragged-over={isDraggedOver}
    >
      <div className={styles['head']}>
        <Title headingLevel="h2" size="md">
          {t('ssh.files.title')}
        </Title>
        <Button
          variant="secondary"
          size="sm"
          icon={<UploadIcon />}
          isDisabled={path === undefined}
          onClick={() => picker.current?.click()}
        >
          {t('ssh.files.upload')}
        </Button>
        <Button
          variant="plain"
          size="sm"
          icon={<TimesIcon />}
          aria-label={t('ssh.files.close')}
          onClick={onClose}
        />
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label={t('ssh.files.upload')}
          onChange={(event) => {
            upload(event.target.files)
            // The same file can be chosen again.
            event.target.value = ''
          }}
        />
      </div>
      <FolderPath folder={folder} />
      <div className={styles['list']}>
        <FolderTable folder={folder} onDownload={(name) => void download(name)} />
      </div>
      <p className={styles['hint']}>{t('ssh.files.dropHint')}</p>
      <TransferList files={files} />
      {uploads.asking && (
        <ReplaceConfirmation
          name={uploads.asking.file.name}
          onReplace={uploads.replace}
          onSkip={uploads.skip}
        />
      )}
    </aside>
  )
}
