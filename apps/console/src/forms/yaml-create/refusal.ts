import type { ApiError } from '../../live/api-error.ts'

/** One thing that the server refuses, with the field where it names one. */
export type Refusal =
  | { code: 'unknownField' | 'duplicateField'; field: string }
  | { code: 'nameTaken'; field: 'metadata.name' }
  | { code: 'noProject'; field: 'metadata.namespace' }
  | { code: 'words'; message: string; field?: string }

/** kube-apiserver puts all of them into one sentence: `…: unknown field "spec.a", unknown …`. */
const STRICT = /(unknown|duplicate) field "([^"]+)"/g

/** A field named in passing: `admission webhook … denied the request: spec.template in …`. */
const IN_PASSING = /\b(?:spec|metadata|status|data|stringData|subjects|rules)(?:\.\w+|\[\d+\])+/

/** Whether fields were refused that the kind does not have; nothing else was checked then. */
export const isStrict = ({ status, message }: ApiError): boolean =>
  status === 400 && message.includes('strict decoding error')

/** Everything in a refusal, one by one. */
export function refusalsOf(error: ApiError): Refusal[] {
  const { status, reason, message, causes } = error
  if (isStrict(error)) {
    const fields = [...message.matchAll(STRICT)].map(([, what, field = '']): Refusal => ({
      code: what === 'unknown' ? 'unknownField' : 'duplicateField',
      field,
    }))
    return fields.length > 0 ? fields : [inWords(message)]
  }
  if (reason === 'AlreadyExists') return [{ code: 'nameTaken', field: 'metadata.name' }]
  if (status === 404 && message.startsWith('namespaces ')) {
    return [{ code: 'noProject', field: 'metadata.namespace' }]
  }
  const named = causes.filter((cause) => cause.message !== undefined)
  if (named.length === 0) return [inWords(message)]
  return named.map(({ message: text = '', field }) =>
    inWords(field === undefined || IN_PASSING.test(text) ? text : `${field}: ${text}`, field),
  )
}

function inWords(message: string, named?: string): Refusal {
  const field = named ?? IN_PASSING.exec(message)?.[0]
  return { code: 'words', message, ...(field !== undefined && { field }) }
}
