import { useEffect, useEffectEvent, useRef } from 'react'
import { useIsDark } from '../theme/theme.ts'
import { editor, MarkerSeverity } from './monaco.ts'
import { describeModel } from './yaml-language.ts'
import styles from './YamlEditor.module.css'
import type { EditorProblem, YamlEditorProps } from './YamlEditor.tsx'

/** The editor itself, in its own chunk; use YamlEditor, which loads it. */
export function MonacoYaml(props: YamlEditorProps) {
  const { label, value, onChange, isReadOnly = false, problems = NONE, goTo, schema } = props
  const container = useRef<HTMLDivElement>(null)
  const mounted = useRef<editor.IStandaloneCodeEditor>(undefined)
  const isDark = useIsDark()

  const create = useEffectEvent((element: HTMLElement) =>
    editor.create(element, {
      value,
      language: 'yaml',
      ariaLabel: label,
      readOnly: isReadOnly,
      automaticLayout: true,
      fontFamily: getComputedStyle(element).fontFamily,
      fontSize: 13,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      stickyScroll: { enabled: false },
      // The last number would be paler than can be read.
      renderFinalNewline: 'on',
      tabSize: 2,
      // Enter after a whole word is a new line; words of the text itself are no proposals.
      acceptSuggestionOnEnter: 'smart',
      wordBasedSuggestions: 'off',
      // Suggestions and hovers may be wider than the editor's card.
      fixedOverflowWidgets: true,
    }),
  )
  // Texts on their way to the parent and back. While somebody types quickly, `value` is some
  // letters behind the editor; putting that back would scramble what is typed.
  const echoes = useRef<string[]>([])
  const changed = useEffectEvent((text: string) => {
    if (text === value && echoes.current.length === 0) return
    echoes.current.push(text)
    onChange?.(text)
  })

  useEffect(() => {
    if (!container.current) return undefined
    const created = create(container.current)
    mounted.current = created
    const model = created.getModel()
    const subscription = created.onDidChangeModelContent(() => changed(created.getValue()))
    return () => {
      subscription.dispose()
      if (model) describeModel(model.uri, undefined)
      model?.dispose()
      created.dispose()
      mounted.current = undefined
    }
  }, [])

  useEffect(() => {
    const model = mounted.current?.getModel()
    if (model) describeModel(model.uri, schema)
  }, [schema])
  useEffect(() => editor.setTheme(isDark ? 'vs-dark' : 'vs'), [isDark])
  useEffect(() => mounted.current?.updateOptions({ readOnly: isReadOnly }), [isReadOnly])
  useEffect(() => {
    const echo = echoes.current.indexOf(value)
    if (echo >= 0) {
      echoes.current.splice(0, echo + 1)
      return
    }
    echoes.current = []
    const model = mounted.current?.getModel()
    if (!model || model.getValue() === value) return
    // As an edit, so that undo brings back what was there.
    const range = model.getFullModelRange()
    model.pushEditOperations([], [{ range, text: value }], () => null)
  }, [value])

  useEffect(() => {
    const model = mounted.current?.getModel()
    if (model) editor.setModelMarkers(model, 'problems', problems.flatMap(markerOf(model)))
  }, [problems])
  useEffect(() => {
    if (!goTo || !mounted.current) return
    const position = { lineNumber: goTo.line, column: goTo.column }
    mounted.current.setPosition(position)
    mounted.current.revealPositionInCenterIfOutsideViewport(position)
    mounted.current.focus()
  }, [goTo])

  return <div ref={container} className={styles['editor']} />
}

const NONE: readonly EditorProblem[] = []

/** From the place to the end of its line. The text may have become shorter meanwhile. */
const markerOf =
  (model: editor.ITextModel) =>
  ({ message, position, isSyntax }: EditorProblem): editor.IMarkerData[] => {
    if (!position || isSyntax || position.line > model.getLineCount()) return []
    return [
      {
        message,
        severity: MarkerSeverity.Error,
        startLineNumber: position.line,
        startColumn: position.column,
        endLineNumber: position.line,
        endColumn: model.getLineMaxColumn(position.line),
      },
    ]
  }
