import { findProgram } from './command.mjs'
import { PlainError } from './say.mjs'
import { ensurePrograms } from './system-packages.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The path of a Chromium for the end-to-end tests; Debian's is installed if none is there. */
export async function ensureChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  const found = await findFirst()
  if (found !== undefined) return found
  const missing = await ensurePrograms({
    programs: ['chromium'],
    packages: ['chromium', 'fonts-liberation', 'fonts-noto-cjk'],
    purpose: 'Chromium',
  })
  if (missing !== undefined)
    throw new PlainError(`The end-to-end tests need Chromium: ${missing}`)
  return findProgram('chromium')
}

async function findFirst() {
  for (const name of NAMES) {
    const path = await findProgram(name)
    if (path !== undefined) return path
  }
  return undefined
}
