import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { licenseFile } from './license-file.ts'
import { wasmAsFile } from './wasm-as-file.ts'

/** Where `vite dev` finds the BFF; the built console is served by the BFF itself. */
const bff = process.env['VIRTDECK_BFF'] ?? 'http://127.0.0.1:9000'

export default defineConfig({
  plugins: [react(), wasmAsFile(), licenseFile()],
  build: {
    target: 'es2023',
    // The BFF's Content-Security-Policy allows no data: scripts or fonts; everything is a file.
    assetsInlineLimit: 0,
    // The YAML editor is one big lazy chunk on purpose.
    chunkSizeWarningLimit: 4096,
    manifest: true,
    // What others made and we deliver, with their terms; the About dialog leads there.
    license: { fileName: 'licenses.txt' },
    // RDP runs in a frame of its own, which can fall over alone.
    rolldownOptions: { input: ['index.html', 'rdp.html'] },
  },
  worker: { format: 'es' },
  resolve: {
    alias: {
      // monaco-yaml's worker imports Monaco's by the path it had before version 0.55.
      'monaco-editor/esm/vs/editor/editor.worker.js': 'monaco-editor/editor/editor.worker.js',
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: bff, ws: true, changeOrigin: true } },
  },
})
