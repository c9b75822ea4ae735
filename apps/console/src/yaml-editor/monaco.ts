import 'monaco-editor/features/register.all.js'
import 'monaco-editor/languages/definitions/yaml/register.js'
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker'

// Everything comes with the console: no CDN, and the worker is a file of its own.
self.MonacoEnvironment = { getWorker: () => new EditorWorker() }

export { editor, MarkerSeverity } from 'monaco-editor/editor.js'
