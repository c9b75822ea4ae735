import type { KubernetesObject } from '@virtdeck/kubernetes'
import { expect, test } from 'vitest'
import { ApiError } from '../../live/api-error.ts'
import type { kubernetes } from '../../live/kubernetes.ts'
import { checkObjects } from './check-objects.ts'
import { readDocuments } from './documents.ts'
import type { ReadyDocument } from './prepare-objects.ts'

type Create = typeof kubernetes.create

const ready = (...texts: string[]): ReadyDocument[] =>
  readDocuments(texts.join('---\n')).documents.map((document, index) => ({
    document,
    object: document.object,
    resource: { group: '', version: 'v1', resource: 'things', kind: 'Thing', namespaced: true },
    key: String(index),
  }))

const thing = (name: string) =>
  `apiVersion: v1\nkind: Thing\nmetadata:\n  name: ${name}\nspec: {}\n`

/** A server that answers by the object's name; without an answer it accepts. */
function server(answers: Record<string, ConstructorParameters<typeof ApiError>[0]>): Create {
  return <T extends KubernetesObject>(_: unknown, object: T) => {
    const answer = answers[object.metadata?.name ?? '']
    return answer ? Promise.reject(new ApiError(answer)) : Promise.resolve(object)
  }
}

const found = async (documents: ReadyDocument[], create: Create) =>
  (await checkObjects(documents, create)).map(
    ({ name, refusal, position }) => `${name} ${refusal.code} ${position.line}`,
  )

test('F-15 the problems of all documents are found, each in its line', async () => {
  const create = server({
    one: { status: 409, reason: 'AlreadyExists', message: 'things "one" already exists' },
    three: { status: 403, reason: 'Forbidden', message: 'forbidden' },
  })
  expect(await found(ready(thing('one'), thing('two'), thing('three')), create)).toEqual([
    'one nameTaken 4',
    'three words 13',
  ])
})

const invalid = (field: string): ApiError => {
  const causes = [{ field, message: `${field} is wrong` }]
  return new ApiError({ status: 422, reason: 'Invalid', message: 'no', causes })
}

test('F-15 unknown fields do not hide what else is wrong, nor does a bad name', async () => {
  const problems = await found(ready(thing('Bad')), async (_resource, object, options) => {
    expect(options?.dryRun).toBe(true)
    if (options?.fieldValidation === 'Strict') {
      const message = 'strict decoding error: unknown field "spec.foo"'
      throw new ApiError({ status: 400, reason: 'BadRequest', message })
    }
    throw invalid(object.metadata?.name === 'Bad' ? 'metadata.name' : 'spec.template')
  })
  expect(problems).toEqual(['Bad unknownField 5', 'Bad words 4', 'Bad words 5'])
})

test('what an earlier document makes is not missing', async () => {
  const missing = { status: 404, reason: 'NotFound', message: 'namespaces "first" not found' }
  const create = server({ second: missing })
  expect(await found(ready(thing('first'), thing('second')), create)).toEqual([])
  expect(await found(ready(thing('second'), thing('first')), create)).toEqual([
    'second noProject 3',
  ])
})

test('a webhook that cannot be tried out is no problem', async () => {
  const message = 'admission webhook "a.b" does not support dry run'
  const create = server({ one: { status: 400, reason: 'BadRequest', message } })
  expect(await found(ready(thing('one')), create)).toEqual([])
})

test('no answer is no refusal', async () => {
  const create = server({ one: { status: 0, reason: 'Unreachable', message: 'failed' } })
  await expect(checkObjects(ready(thing('one')), create)).rejects.toMatchObject({ status: 0 })
})
