import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { build } from '../../testing/build.ts'

async function buildWithFiles() {
  const directory = await mkdtemp(join(tmpdir(), 'virtdeck-files-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  await mkdir(join(directory, 'assets'))
  await writeFile(join(directory, 'index.html'), '<html>the console</html>')
  await writeFile(join(directory, 'favicon.svg'), '<svg/>')
  await writeFile(join(directory, 'assets', 'main-abc.js'), 'console'.repeat(1_000))
  const { server } = await build({ staticDirectory: directory })
  return server
}

describe("the console's files", () => {
  it.each(['/', '/login', '/virtual-machines/default/web.example', '/search?q=a.b'])(
    'the page %s is index.html, never from a cache',
    async (url) => {
      const server = await buildWithFiles()
      const response = await server.inject({ url })
      expect(response.statusCode).toBe(200)
      expect(response.body).toContain('the console')
      expect(response.headers['cache-control']).toBe('no-store')
      expect(response.headers['content-security-policy']).toContain("script-src 'self';")
    },
  )

  it('assets are compressed and kept for good', async () => {
    const server = await buildWithFiles()
    const response = await server.inject({
      url: '/assets/main-abc.js',
      headers: { 'accept-encoding': 'br' },
    })
    expect(response.headers).toMatchObject({
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
    })
    expect(response.rawPayload.length).toBeLessThan(200)
  })

  it.each(['/assets/main-old.js', '/api/nothing', '/nothing.txt'])(
    '%s is not found, and that is not kept',
    async (url) => {
      const server = await buildWithFiles()
      const response = await server.inject({ url })
      expect(response.statusCode).toBe(404)
      expect(response.json()).toMatchObject({ status: 404, reason: 'NotFound' })
      expect(response.headers['cache-control']).toBe('no-store')
    },
  )
})

describe('health', () => {
  it('is ready while the cluster answers', async () => {
    const { server, cluster } = await build()
    expect((await server.inject({ url: '/healthz' })).statusCode).toBe(200)
    expect((await server.inject({ url: '/readyz' })).statusCode).toBe(200)
    await cluster.stop()
    expect((await server.inject({ url: '/healthz' })).statusCode).toBe(200)
    expect((await server.inject({ url: '/readyz' })).statusCode).toBe(502)
    await cluster.start()
  })

  it('has metrics by route, not by path', async () => {
    const { server } = await build()
    await server.inject({ url: '/api/kubernetes/api/v1/pods/secret-name' })
    const { body } = await server.inject({ url: '/metrics' })
    expect(body).toContain('route="/api/kubernetes/*"')
    expect(body).toContain('virtdeck_live_sources 0')
    expect(body).not.toContain('secret-name')
  })
})
