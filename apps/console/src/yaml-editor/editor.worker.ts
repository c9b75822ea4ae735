// Monaco's worker as a file of the console's own: the Content-Security-Policy allows no other.
import 'monaco-editor/editor/editor.worker.js'
