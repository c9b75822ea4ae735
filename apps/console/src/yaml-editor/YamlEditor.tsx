import { lazy, Suspense } from 'react'
import { Loading } from '../ui/Loading.tsx'
import styles from './YamlEditor.module.css'

export interface YamlEditorProps {
  /** The editor's name for screen readers. */
  label: string
  value: string
  onChange?: (value: string) => void
  isReadOnly?: boolean
}

const MonacoYaml = lazy(async () => ({
  default: (await import('./MonacoYaml.tsx')).MonacoYaml,
}))

/**
 * An editor for YAML that fills the height of its parent (at least some lines) and marks what
 * does not parse. It is loaded when the first one is shown.
 */
export function YamlEditor(props: YamlEditorProps) {
  return (
    <div className={styles['frame']}>
      <Suspense fallback={<Loading />}>
        <MonacoYaml {...props} />
      </Suspense>
    </div>
  )
}
