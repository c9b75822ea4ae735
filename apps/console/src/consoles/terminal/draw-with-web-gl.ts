import { WebglAddon } from '@xterm/addon-webgl'
import type { Terminal } from '@xterm/xterm'

/** Draws with the graphics card where there is one; xterm's own way is there without it. */
export function drawWithWebGl(terminal: Terminal): void {
  if (!hasGraphicsCard()) return
  const addon = new WebglAddon()
  // Browsers take the context back when a computer sleeps or has too many of them.
  addon.onContextLoss(() => addon.dispose())
  try {
    terminal.loadAddon(addon)
  } catch {
    addon.dispose()
  }
}

/** Processors that draw in place of a card, as browsers name them. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render/i

/** WebGL without a card is slower than no WebGL. */
function hasGraphicsCard(): boolean {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('webgl2', { failIfMajorPerformanceCaveat: true })
  if (!context) return false
  const info = context.getExtension('WEBGL_debug_renderer_info')
  const renderer: unknown = context.getParameter(
    info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER,
  )
  context.getExtension('WEBGL_lose_context')?.loseContext()
  return !SOFTWARE.test(String(renderer))
}
