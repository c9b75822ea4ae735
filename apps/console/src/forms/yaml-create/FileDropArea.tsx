import { useState, type DragEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './YamlCreatePage.module.css'

interface FileDropAreaProps {
  onDrop: (files: readonly File[]) => void
  children: ReactNode
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes('Files')

function take(event: DragEvent): void {
  event.preventDefault()
  event.stopPropagation()
}

/** Takes files that are dropped anywhere on it; before the editor would write their names. */
export function FileDropArea({ onDrop, children }: FileDropAreaProps) {
  const { t } = useTranslation()
  const [isOver, setIsOver] = useState(false)
  return (
    <div
      className={styles['editor']}
      onDragEnterCapture={(event) => {
        if (!hasFiles(event)) return
        take(event)
        setIsOver(true)
      }}
      onDragOverCapture={(event) => {
        if (hasFiles(event)) take(event)
      }}
      onDragLeaveCapture={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) setIsOver(false)
      }}
      onDropCapture={(event) => {
        setIsOver(false)
        if (!hasFiles(event)) return
        take(event)
        onDrop([...event.dataTransfer.files])
      }}
    >
      {children}
      {isOver && <div className={styles['dropHint']}>{t('yaml.files.drop')}</div>}
    </div>
  )
}
