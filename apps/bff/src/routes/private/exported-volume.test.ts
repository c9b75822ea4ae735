import { exportedVolumePath } from '@virtdeck/bff-contract'
import { pathOf, RESOURCES } from '@virtdeck/kubernetes'
import { describe, expect, it } from 'vitest'
import { build, signIn, USER_TOKEN, type TestBff } from '../../testing/build.ts'

const target = { namespace: 'default', name: 'db-x1', volume: 'root', format: 'gzip' } as const
const TOKEN = 'token-of-the-export'
const PROXIED =
  '/api/v1/namespaces/default/services/https:virt-export-db-x1:443/proxy/volumes/root/disk.img.gz'

function serveExport({ cluster }: TestBff, status: object = {}) {
  const url = 'https://virt-export-db-x1.default.svc/volumes/root/disk.img.gz'
  const objects = {
    [pathOf(RESOURCES.virtualMachineExports, { namespace: 'default', name: 'db-x1' })]: {
      metadata: { namespace: 'default', name: 'db-x1' },
      status: {
        phase: 'Ready',
        serviceName: 'virt-export-db-x1',
        tokenSecretRef: 'export-token-db-x1',
        links: {
          internal: {
            cert: '',
            volumes: [{ name: 'root', formats: [{ format: 'gzip', url }] }],
          },
        },
        ...status,
      },
    },
    [pathOf(RESOURCES.secrets, { namespace: 'default', name: 'export-token-db-x1' })]: {
      data: { token: Buffer.from(TOKEN).toString('base64') },
    },
  }
  for (const [path, object] of Object.entries(objects)) {
    cluster.handlers.set(`GET ${path}`, (_request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(object))
    })
  }
}

async function download(
  bff: TestBff,
  changes: Partial<Parameters<typeof exportedVolumePath>[0]> = {},
) {
  const cookie = await signIn(bff.server)
  return bff.server.inject({
    url: exportedVolumePath({ ...target, ...changes }),
    headers: { cookie },
  })
}

describe('F-34 a disk of an export', () => {
  it('comes through the API server, with a token that stays here', async () => {
    const bff = await build()
    serveExport(bff)
    bff.cluster.handlers.set(`GET ${PROXIED}`, (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'a=b' })
      response.end('bytes of a disk')
    })
    const response = await download(bff)
    expect(response.statusCode).toBe(200)
    expect(response.body).toBe('bytes of a disk')
    expect(response.headers).toMatchObject({
      'content-type': 'application/gzip',
      'content-disposition': 'attachment; filename="root.img.gz"',
    })
    expect(response.headers).not.toHaveProperty('set-cookie')
    expect(bff.cluster.requests.at(-1)?.headers).toMatchObject({
      authorization: `Bearer ${USER_TOKEN}`,
      'x-kubevirt-export-token': TOKEN,
    })
    expect(bff.log()).not.toContain(TOKEN)
  })

  it('is not there before the export is ready', async () => {
    const bff = await build()
    serveExport(bff, { phase: 'Pending' })
    const response = await download(bff)
    expect(response.statusCode).toBe(409)
    expect(response.json()).toMatchObject({ message: 'The export db-x1 is not ready.' })
  })

  it.each([{ volume: 'other' }, { format: 'raw' }] as const)(
    'is not another one: %j',
    async (changes) => {
      const bff = await build()
      serveExport(bff)
      expect((await download(bff, changes)).statusCode).toBe(404)
    },
  )

  it.each([{ name: '..' }, { volume: 'a/../../secrets' }, { namespace: 'A' }])(
    'is never at a path with tricks: %j',
    async (changes) => {
      const bff = await build()
      serveExport(bff)
      const response = await download(bff, changes)
      expect([400, 404]).toContain(response.statusCode)
      expect(bff.cluster.requests.some(({ url }) => url.includes('export'))).toBe(false)
    },
  )

  it('says why the cluster refuses, and a wrong token does not end the session', async () => {
    const bff = await build()
    serveExport(bff)
    bff.cluster.handlers.set(`GET ${PROXIED}`, (_request, response) => {
      response.writeHead(401).end()
    })
    expect((await download(bff)).statusCode).toBe(502)
  })

  it('needs a session', async () => {
    const bff = await build()
    const response = await bff.server.inject({ url: exportedVolumePath(target) })
    expect(response.statusCode).toBe(401)
    expect(bff.cluster.requests).toEqual([])
  })
})
