import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyCompress from '@fastify/compress'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { BffError } from '../../errors.ts'

const IMMUTABLE = 'public, max-age=31536000, immutable'

/** `favicon.svg`, but not `virtual-machines/default/web.example`. */
const ROOT_FILE = /^[\w-]+\.[\w.-]+$/

/** The page in which RDP runs: WebAssembly, in a frame of the console's own. */
const RDP_FRAME = 'rdp.html'

function allowRdpFrame(reply: FastifyReply): void {
  const policy = String(reply.getHeader('content-security-policy'))
  reply
    .header('x-frame-options', 'SAMEORIGIN')
    .header(
      'content-security-policy',
      policy
        .replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
        .replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
    )
}

/**
 * The console's own files. Names with a hash in them never change and are cached for good;
 * index.html is asked for every time and stands for every page (`/virtual-machines/…`).
 */
export const consoleFiles: FastifyPluginAsync<{ directory: string | undefined }> = async (
  app,
  { directory },
) => {
  if (directory === undefined || !existsSync(join(directory, 'index.html'))) {
    app.log.warn({ directory }, 'there is no built console to serve; only the API is')
    return
  }
  await app.register(fastifyCompress, { encodings: ['br', 'gzip'], threshold: 1024 })
  await app.register(fastifyStatic, {
    root: directory,
    serve: false,
    preCompressed: true,
    cacheControl: false,
  })

  /** A file of the build, or else the one HTML that is every page; lost assets are 404. */
  app.get('/*', { exposeHeadRoute: true }, async (request, reply) => {
    const path = (request.url.split('?', 1)[0] ?? '').slice(1)
    if (path.startsWith('api/')) throw new BffError('NotFound')
    if (path.startsWith('assets/')) {
      return reply.header('cache-control', IMMUTABLE).sendFile(path)
    }
    const file = ROOT_FILE.test(path) ? path : 'index.html'
    if (file === RDP_FRAME) allowRdpFrame(reply)
    return reply
      .header('cache-control', file.endsWith('.html') ? 'no-store' : 'no-cache')
      .sendFile(file)
  })
}
