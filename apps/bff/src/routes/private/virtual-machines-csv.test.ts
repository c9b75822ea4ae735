import { RESOURCES } from '@virtdeck/kubernetes'
import { expect, it } from 'vitest'
import { build, ORIGIN, signIn } from '../../testing/build.ts'

const sort = { column: 'name', direction: 'ascending' }

async function withMachines(count: number) {
  const bff = await build()
  for (let index = 0; index < count; index += 1) {
    bff.cluster.put(RESOURCES.virtualMachines, {
      metadata: {
        name: `vm-${index}`,
        namespace: 'default',
        labels: { '=cmd': index === 0 ? 'first' : 'other' },
      },
      spec: { runStrategy: 'Halted', template: {} },
      status: { printableStatus: index % 2 === 0 ? 'Running' : 'Stopped' },
    })
  }
  const cookie = await signIn(bff.server)
  const post = (payload: object) =>
    bff.server.inject({
      method: 'POST',
      url: '/api/virtual-machines.csv',
      headers: { cookie, origin: ORIGIN },
      payload,
    })
  return { ...bff, post }
}

it('answers every row that matches, however many pages there are', async () => {
  const { post } = await withMachines(450)
  const answer = await post({ sort, filters: { status: ['Running'] } })
  expect(answer.statusCode, answer.body).toBe(200)
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(answer.headers['content-disposition']).toContain('virtual-machines.csv')
  const [head, first, ...rest] = answer.body.trim().split('\r\n')
  expect(head).toMatch(/^\uFEFF?Name,Namespace,Status,/)
  expect(first).toContain('vm-0,default,Running,')
  expect(first).toContain("'=cmd=first")
  expect(rest).toHaveLength(224)
})

it('refuses what is no selection, and who may not list', async () => {
  const { post, cluster } = await withMachines(1)
  expect((await post({ sort, filters: { colour: ['red'] } })).statusCode).toBe(400)
  cluster.allow = () => false
  const answer = await post({ sort, namespace: 'default' })
  expect(answer.statusCode).toBe(403)
  expect(answer.json<{ message: string }>().message).toContain('cannot list resource')
})
