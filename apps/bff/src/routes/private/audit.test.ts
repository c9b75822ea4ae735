import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { expect, it } from 'vitest'
import { build, ORIGIN, signIn } from '../../testing/build.ts'

const NAMESPACE = '/apis/kubevirt.io/v1/namespaces/default/virtualmachines'
const START = '/apis/subresources.kubevirt.io/v1/namespaces/default/virtualmachines/web/start'

async function request(
  server: FastifyInstance,
  cookie: string,
  { method, path }: { method: 'GET' | 'PUT' | 'PATCH'; path: string },
) {
  const headers = { cookie, origin: ORIGIN, 'content-type': 'application/json' }
  const body = method === 'GET' ? {} : { payload: '{}' }
  return server.inject({ method, url: path, headers, ...body })
}

it('F-34 tells who wrote to a VM, and not what was refused or only tried', async () => {
  const { server, cluster } = await build()
  const cookie = await signIn(server)
  const answer = (status: number) => (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end('{}')
  }
  cluster.handlers.set(`PATCH ${NAMESPACE}/web`, answer(200))
  cluster.handlers.set(`PATCH ${NAMESPACE}/other`, answer(200))
  cluster.handlers.set(`PUT ${NAMESPACE}/web`, answer(409))
  cluster.handlers.set(`PUT ${START}`, answer(202))
  const write = (method: 'PUT' | 'PATCH', path: string) =>
    request(server, cookie, { method, path: `/api/kubernetes${path}` })
  await write('PATCH', `${NAMESPACE}/web`)
  await write('PATCH', `${NAMESPACE}/web?dryRun=All`)
  await write('PATCH', `${NAMESPACE}/other`)
  await write('PUT', `${NAMESPACE}/web`)
  await write('PUT', START)

  const path = '/api/audit?namespace=default&name=web'
  const found = await request(server, cookie, { method: 'GET', path })
  expect(found.json()).toMatchObject({
    writes: [
      { user: 'jane', method: 'PATCH', resource: 'virtualmachines' },
      { user: 'jane', method: 'PUT', resource: 'virtualmachines', subresource: 'start' },
    ],
  })
  expect(found.json<{ writes: object[] }>().writes).toHaveLength(2)
})

it('F-34 tells it to nobody who may not read the VM', async () => {
  const { server, cluster } = await build()
  const cookie = await signIn(server)
  cluster.allow = (_user, { resource }) => resource !== 'virtualmachines'
  const path = '/api/audit?namespace=default&name=web'
  expect((await request(server, cookie, { method: 'GET', path })).statusCode).toBe(403)
})
