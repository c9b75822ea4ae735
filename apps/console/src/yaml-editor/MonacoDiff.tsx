import 'monaco-editor/features/diffEditor/register.js'
import { useEffect, useRef } from 'react'
import { useIsDark } from '../theme/theme.ts'
import { editor } from './monaco.ts'
import styles from './YamlEditor.module.css'
import type { YamlDiffProps } from './YamlDiff.tsx'

/** Two texts beside each other, in their own chunk; use YamlDiff, which loads it. */
export function MonacoDiff({ label, before, after }: YamlDiffProps) {
  const container = useRef<HTMLDivElement>(null)
  const mounted = useRef<editor.IStandaloneDiffEditor>(undefined)
  const isDark = useIsDark()

  useEffect(() => {
    if (!container.current) return undefined
    const created = editor.createDiffEditor(container.current, {
      readOnly: true,
      automaticLayout: true,
      fontFamily: getComputedStyle(container.current).fontFamily,
      fontSize: 13,
      scrollBeyondLastLine: false,
      hideUnchangedRegions: { enabled: true },
      renderOverviewRuler: false,
    })
    for (const side of [created.getOriginalEditor(), created.getModifiedEditor()]) {
      side.updateOptions({ ariaLabel: label })
    }
    // Without colours of the language, which are too pale on those of the changes.
    const models = {
      original: editor.createModel('', 'plaintext'),
      modified: editor.createModel('', 'plaintext'),
    }
    created.setModel(models)
    mounted.current = created
    return () => {
      created.dispose()
      models.original.dispose()
      models.modified.dispose()
      mounted.current = undefined
    }
  }, [label])
  useEffect(() => editor.setTheme(isDark ? 'vs-dark' : 'vs'), [isDark])
  useEffect(() => {
    const models = mounted.current?.getModel()
    if (!models) return
    if (models.original.getValue() !== before) models.original.setValue(before)
    if (models.modified.getValue() !== after) models.modified.setValue(after)
  }, [before, after])

  return <div ref={container} className={styles['editor']} />
}
