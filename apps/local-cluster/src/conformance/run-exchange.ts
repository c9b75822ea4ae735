import { expect } from 'vitest'
import type { Exchange } from './exchange.ts'
import type { Send } from './test-requests.ts'
import { settled } from './volatile.ts'

const PATIENCE_MS = 10_000
const INTERVAL_MS = 50

/** Sends the request of an exchange; where controllers have a part in it, until they are done. */
export async function answerTo(send: Send, exchange: Exchange): Promise<object> {
  const wanted = wantedAnswer(exchange)
  const giveUpAt = Date.now() + (exchange.eventually === true ? PATIENCE_MS : 0)
  for (;;) {
    const answer = await answerOf(send, exchange)
    if (fits(answer, wanted) || Date.now() >= giveUpAt) return answer
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS))
  }
}

function fits(answer: object, wanted: object): boolean {
  try {
    expect(answer).toEqual(wanted)
    return true
  } catch {
    return false
  }
}

/** The answer that stands in the table. */
export function wantedAnswer(exchange: Exchange): object {
  const { status, contentType = 'application/json', answerHeaders = {}, answer } = exchange
  return {
    status,
    headers: {
      ...(contentType === null ? {} : { 'content-type': contentType }),
      ...answerHeaders,
    },
    body: answer ?? '',
  }
}

async function answerOf(send: Send, exchange: Exchange): Promise<object> {
  const { method, path, as, headers = {}, body, type, events = false } = exchange
  const impersonated = as !== undefined && as !== null && !KNOWN.has(as)
  const {
    status,
    headers: all,
    text,
  } = await send(method, path, {
    ...(as === undefined || impersonated ? {} : { as }),
    ...(body === undefined ? {} : { body }),
    ...(type === undefined ? {} : { type }),
    headers: {
      accept: '*/*',
      ...(impersonated ? { 'impersonate-user': as } : {}),
      ...headers,
    },
  })
  const compared = ['content-type', 'warning', ...Object.keys(exchange.answerHeaders ?? {})]
  return {
    status,
    headers: Object.fromEntries(
      compared.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])),
    ),
    body: settled(events ? linesOf(text) : parsed(text)),
  }
}

const KNOWN = new Set(['admin', 'developer'])

function parsed(text: string): unknown {
  return /^[[{]/.test(text) ? (JSON.parse(text) as unknown) : text
}

function linesOf(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)
}
