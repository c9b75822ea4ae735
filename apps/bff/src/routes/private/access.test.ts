import { expect, it } from 'vitest'
import { build, CODE, ORIGIN, signIn } from '../../testing/build.ts'

const REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'

it('answers in order, asks the cluster once a minute, and as the user who asks', async () => {
  const { server, cluster } = await build()
  cluster.allow = (user, { verb }) => user === 'owner' || verb === 'list'
  const ask = async (cookie: string) => {
    const response = await server.inject({
      method: 'POST',
      url: '/api/access',
      headers: { cookie, origin: ORIGIN },
      payload: {
        checks: [
          { verb: 'list', group: '', resource: 'pods' },
          { verb: 'delete', group: '', resource: 'pods', namespace: 'default', name: 'a' },
          { verb: 'list', group: '', resource: 'pods' },
        ],
      },
    })
    return response
      .json<{ results: { allowed: boolean }[] }>()
      .results.map(({ allowed }) => allowed)
  }
  const asked = () => cluster.requests.filter(({ url }) => url === REVIEWS).length

  const jane = await signIn(server)
  expect(await ask(jane)).toEqual([true, false, true])
  expect(asked()).toBe(2)
  expect(await ask(jane)).toEqual([true, false, true])
  expect(asked()).toBe(2)

  const owner = await signIn(server, { code: CODE })
  expect(await ask(owner)).toEqual([true, true, true])
  expect(asked()).toBe(4)
})

it('says 502 while the cluster is away, and does not remember that', async () => {
  const { server, cluster } = await build()
  const cookie = await signIn(server)
  const ask = () =>
    server.inject({
      method: 'POST',
      url: '/api/access',
      headers: { cookie, origin: ORIGIN },
      payload: { checks: [{ verb: 'list', group: '', resource: 'pods' }] },
    })
  await cluster.stop()
  expect((await ask()).statusCode).toBe(502)
  await cluster.start()
  expect((await ask()).json()).toEqual({ results: [{ allowed: true }] })
})
