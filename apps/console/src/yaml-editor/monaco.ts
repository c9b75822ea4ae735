import 'monaco-editor/features/register.all.js'
import 'monaco-editor/languages/definitions/yaml/register.js'

// Everything comes with the console: no CDN, and the worker is a file of its own.
self.MonacoEnvironment = {
  getWorker: () =>
    new Worker(new URL('./editor.worker.ts', import.meta.url), { type: 'module' }),
}

export { editor, MarkerSeverity } from 'monaco-editor/editor.js'
