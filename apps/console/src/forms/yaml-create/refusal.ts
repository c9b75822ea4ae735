import type { ApiError } from '../../live/api-error.ts'

/** One thing that the server refuses, with the field where it names one. */
export interface Refusal {
  message: string
  field?: string
}

/** kube-apiserver puts all of them into one sentence: `…: unknown field "spec.a", unknown …`. */
const STRICT = /(unknown|duplicate) field "([^"]+)"/g

/** Everything in a refusal, one by one. */
export function refusalsOf({ message, causes }: ApiError): Refusal[] {
  const strict = [...message.matchAll(STRICT)].map(([text, , field = '']) => ({
    message: text,
    field,
  }))
  if (strict.length > 0) return strict
  const named = causes.filter((cause) => cause.message !== undefined)
  if (named.length === 0) return [{ message }]
  return named.map(({ message: text = '', field }) => ({
    message: field === undefined || text.includes(field) ? text : `${field}: ${text}`,
    ...(field !== undefined && { field }),
  }))
}
