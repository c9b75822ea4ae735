import type { Plugin } from 'vite'

const INLINED = /"data:application\/wasm;base64,([A-Za-z0-9+/=]+)"/

/**
 * IronRDP carries its 4.5 MB of WebAssembly as base64 in its script. As a file it is smaller,
 * compiled while it loads, and needs no `data:` in the Content-Security-Policy.
 */
export function wasmAsFile(): Plugin {
  return {
    name: 'virtdeck:wasm-as-file',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('iron-remote-desktop-rdp')) return null
      const inlined = INLINED.exec(code)
      if (!inlined?.[1]) return null
      const source = Buffer.from(inlined[1], 'base64')
      const file = this.emitFile({ type: 'asset', name: 'ironrdp.wasm', source })
      return {
        code: code.replace(inlined[0], () => `import.meta.ROLLUP_FILE_URL_${file}`),
        map: null,
      }
    },
  }
}
