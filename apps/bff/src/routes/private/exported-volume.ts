import { pipeline } from 'node:stream/promises'
import type { V1beta1VirtualMachineExport as VirtualMachineExport } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { IoK8sApiCoreV1Secret as Secret } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { RESOURCES, statusErrors } from '@virtdeck/kubernetes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sessionOf } from '../../plugins/session.ts'
import type { Upstream } from '../../upstream/upstream.ts'
import { refusalOf } from './consoles/refusal.ts'

const name = z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/)
const params = z.object({
  namespace: name,
  name,
  volume: name,
  format: z.enum(['raw', 'gzip']),
})
type Params = z.infer<typeof params>

/**
 * `GET /api/exports/:namespace/:name/:volume/:format`: a disk of a VirtualMachineExport, through
 * the API server's proxy to the exporter's Service, streamed. The export's token is read with the
 * user's own rights and stays here.
 */
export const exportedVolumeRoute: FastifyPluginAsyncZod<{ upstream: Upstream }> = async (
  app,
  { upstream },
) => {
  app.get(
    '/api/exports/:namespace/:name/:volume/:format',
    { schema: { params }, exposeHeadRoute: false },
    async (request, reply) => {
      const { credentials } = sessionOf(request)
      const { namespace, volume, format } = request.params
      const client = upstream.client(credentials)
      const vmExport = await client.get<VirtualMachineExport>(
        RESOURCES.virtualMachineExports,
        request.params,
      )
      const { path, tokenSecret } = sourceOf(vmExport, request.params)
      const secret = await client.get<Secret>(RESOURCES.secrets, {
        namespace,
        name: tokenSecret,
      })
      const abort = new AbortController()
      reply.raw.once('close', () => abort.abort())
      const response = await upstream.request({
        credentials,
        method: 'GET',
        path,
        headers: {
          'x-kubevirt-export-token': Buffer.from(
            secret.data?.['token'] ?? '',
            'base64',
          ).toString(),
        },
        signal: abort.signal,
      })
      if (response.statusCode !== 200) {
        const body = await response.body.text()
        // Its 401 is about the export's token, not about the user's session.
        const status = response.statusCode === 401 ? 502 : response.statusCode
        throw refusalOf({ status, body })
      }
      const { 'content-length': length } = response.headers
      const file = `${volume}.img${format === 'gzip' ? '.gz' : ''}`
      const own = reply.getHeaders() as Record<string, string | string[]>
      reply.hijack()
      reply.raw.writeHead(200, {
        ...own,
        'content-type': format === 'gzip' ? 'application/gzip' : 'application/octet-stream',
        'content-disposition': `attachment; filename="${file}"`,
        ...(typeof length === 'string' && { 'content-length': length }),
      })
      await pipeline(response.body, reply.raw).catch((error: unknown) => {
        request.log.debug({ err: error }, 'download of an exported disk ended early')
      })
    },
  )
}

/** Where the exporter has the disk, and which Secret has its token. */
function sourceOf(
  { metadata, status }: VirtualMachineExport,
  { volume, format }: Pick<Params, 'volume' | 'format'>,
): { path: string; tokenSecret: string } {
  const { serviceName, tokenSecretRef, links, phase } = status ?? {}
  if (phase !== 'Ready' || !links?.internal || !tokenSecretRef || !serviceName) {
    const message = `The export ${metadata?.name} is not ready.`
    throw statusErrors.other(409, 'Conflict', message)
  }
  const { formats = [] } = links.internal.volumes?.find((each) => each.name === volume) ?? {}
  const url = formats.find((each) => each.format === format)?.url
  if (url === undefined) {
    const message = `The export ${metadata?.name} has no volume ${volume} as ${format}.`
    throw statusErrors.other(404, 'NotFound', message)
  }
  const service = `https:${serviceName}:443`
  const { pathname } = new URL(url)
  return {
    path: `/api/v1/namespaces/${metadata?.namespace}/services/${service}/proxy${pathname}`,
    tokenSecret: tokenSecretRef,
  }
}
