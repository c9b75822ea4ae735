import { expect, test } from 'vitest'
import { apiErrorOf } from './api-error.ts'

const answer = (status: number, body: string, headers: Record<string, string> = {}) =>
  new Response(body, { status, statusText: 'Bad Gateway', headers })

test("a Kubernetes Status keeps the cluster's words and causes", async () => {
  const status = {
    kind: 'Status',
    status: 'Failure',
    message: 'spec.template: Required value',
    reason: 'Invalid',
    code: 422,
    details: { causes: [{ field: 'spec.template', message: 'Required value' }] },
  }
  const error = await apiErrorOf(answer(422, JSON.stringify(status), { 'x-request-id': 'r-1' }))
  expect(error).toMatchObject({
    status: 422,
    reason: 'Invalid',
    message: 'spec.template: Required value',
    causes: [{ field: 'spec.template', message: 'Required value' }],
    requestId: 'r-1',
  })
})

test('an error of the BFF brings its request id', async () => {
  const body = { status: 401, reason: 'Unauthorized', message: 'no session', requestId: 'r-2' }
  expect(await apiErrorOf(answer(401, JSON.stringify(body)))).toMatchObject(body)
})

test('plain text is the message; an HTML page of a proxy is not', async () => {
  expect((await apiErrorOf(answer(500, 'VM is not running\n'))).message).toBe(
    'VM is not running',
  )
  expect((await apiErrorOf(answer(502, '<html>…</html>'))).message).toBe('Bad Gateway')
})
