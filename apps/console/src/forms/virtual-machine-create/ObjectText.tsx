import { CopyTextButton } from '../../ui/CopyTextButton.tsx'
import { YamlEditor } from '../../yaml-editor/YamlEditor.tsx'
import styles from './ReviewStep.module.css'

interface ObjectTextProps {
  /** For screen readers, and for the name of the button that copies. */
  label: string
  format: 'YAML' | 'JSON'
  text: string
}

/** A text to read and to copy; JSON is YAML, so one editor colours both. */
export function ObjectText({ label, format, text }: ObjectTextProps) {
  return (
    <div className={styles['panel']}>
      <div className={styles['copy']}>
        <CopyTextButton label={format} text={text} />
      </div>
      <YamlEditor label={label} value={text} isReadOnly />
    </div>
  )
}
