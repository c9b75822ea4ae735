import { hasProgram } from './command.mjs'
import { PlainError } from './say.mjs'
import { ensurePrograms } from './system-packages.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The program name of a Chromium for the end-to-end tests; Debian's is installed if none is there. */
export async function ensureChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  for (const name of NAMES) if (await hasProgram(name)) return name
  const missing = await ensurePrograms({
    programs: ['chromium'],
    packages: ['chromium', 'fonts-liberation', 'fonts-noto-cjk'],
    purpose: 'Chromium',
  })
  if (missing !== undefined)
    throw new PlainError(`The end-to-end tests need Chromium: ${missing}`)
  return 'chromium'
}
