import { lazy, Suspense } from 'react'
import type { JSONSchema } from 'monaco-yaml'
import { Loading } from '../ui/Loading.tsx'
import styles from './YamlEditor.module.css'

export interface YamlEditorProps {
  /** The editor's name for screen readers. */
  label: string
  value: string
  onChange?: (value: string) => void
  isReadOnly?: boolean
  /** What the text must look like: completion, help and error marks come from it. */
  schema?: JSONSchema | undefined
  /** Marked in the text until it is replaced by other problems; lines and columns from 1. */
  problems?: readonly EditorProblem[]
  /** A place to put the cursor at; the same place again needs a new object. */
  goTo?: EditorPosition | undefined
}

interface EditorPosition {
  line: number
  column: number
}

export interface EditorProblem {
  message: string
  /** Without one, it is about the whole text and not marked. */
  position?: EditorPosition
  /** What does not parse is marked anyway, while it is typed. */
  isSyntax?: boolean
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
