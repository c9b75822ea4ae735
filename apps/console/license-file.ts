import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** Delivers the project's license, which is also that of libraries whose packages bring no text. */
export function licenseFile(): Plugin {
  return {
    name: 'virtdeck:license-file',
    apply: 'build',
    generateBundle() {
      const source = readFileSync(join(import.meta.dirname, '../../LICENSE'))
      this.emitFile({ type: 'asset', fileName: 'license.txt', source })
    },
  }
}
