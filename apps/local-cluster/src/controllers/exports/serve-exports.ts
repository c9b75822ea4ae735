import { timingSafeEqual } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip, constants } from 'node:zlib'
import { RESOURCES } from '@virtdeck/kubernetes'
import { diskFileOf } from '../../cdi/volume-files.ts'
import { exporterSocketIn } from '../../exporter-socket.ts'
import type { ControllerContext } from '../context.ts'
import type { Secret } from '../informers.ts'
import { exportSourceOf, type VirtualMachineExport } from './export-source.ts'
import { tokenSecretNameOf } from './export-status.ts'

const TOKEN_HEADER = 'x-kubevirt-export-token'
const PATH = /^\/([^/]+)\/([^/]+)\/volumes\/([^/]+)\/disk\.img(\.gz)?$/

/**
 * Serves the disks of exports: `/NAMESPACE/EXPORT/volumes/CLAIM/disk.img[.gz]` for who sends the
 * export's token. 401 without it, 404 for what is not exported or in use now.
 */
export async function serveExports(
  context: ControllerContext,
): Promise<{ close: () => Promise<void> }> {
  const path = exporterSocketIn(dirname(context.volumesDirectory))
  // A socket's file outlives a process that was killed.
  await rm(path, { force: true })
  const server = createServer((request, response) => {
    answer(context, { request, response }).catch((error: unknown) => {
      context.log(`export: ${error instanceof Error ? error.message : String(error)}`)
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(path, resolve)
  })
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(
  context: ControllerContext,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const refuse = (status: number) => void response.writeHead(status).end()
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(400)
  const [, namespace = '', name = '', claimName = '', isCompressed] =
    PATH.exec(decodeURI(request.url ?? '')) ?? []
  const vmExport = context.informers
    .of<VirtualMachineExport>(RESOURCES.virtualMachineExports)
    .get(`${namespace}/${name}`)
  if (!vmExport) return refuse(404)
  if (!(await hasToken(context, { vmExport, request }))) return refuse(401)
  const { claims, obstacle } = exportSourceOf(vmExport, context.informers)
  const claim = claims.find(({ metadata }) => metadata?.name === claimName)
  const file = claim && diskFileOf(claim, context.informers.persistentVolumes())
  if (obstacle || file === undefined) return refuse(404)
  const { size } = await stat(file)
  response.writeHead(200, {
    'content-type': isCompressed ? 'application/gzip' : 'application/octet-stream',
    ...(!isCompressed && { 'content-length': size }),
  })
  if (request.method === 'HEAD') return void response.end()
  const content = createReadStream(file)
  // Who goes away early ends the answer: that is no error.
  const stream = isCompressed
    ? pipeline(content, createGzip({ level: constants.Z_BEST_SPEED }), response)
    : pipeline(content, response)
  await stream.catch(() => response.destroy())
}

async function hasToken(
  { client }: ControllerContext,
  { vmExport, request }: { vmExport: VirtualMachineExport; request: IncomingMessage },
): Promise<boolean> {
  const { namespace = '' } = vmExport.metadata ?? {}
  const target = { namespace, name: tokenSecretNameOf(vmExport) }
  const secret = await client.get<Secret>(RESOURCES.secrets, target).catch(() => undefined)
  const expected = Buffer.from(secret?.data?.['token'] ?? '', 'base64')
  const given = Buffer.from(String(request.headers[TOKEN_HEADER] ?? ''))
  return (
    expected.length > 0 && expected.length === given.length && timingSafeEqual(expected, given)
  )
}
