import fastifyRateLimit from '@fastify/rate-limit'
import {
  publicRoutes,
  session,
  signInOptions,
  signInRequest,
  type SignInRequest,
} from '@virtdeck/bff-contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { BffError } from '../../errors.ts'
import type { OneTimeCode } from '../../identity/one-time-code.ts'
import { newSession } from '../../identity/session.ts'
import { whoAmI } from '../../identity/who-am-i.ts'
import { describeSession, type SessionSurroundings } from '../../identity/describe-session.ts'
import type { Credentials } from '../../upstream/credentials.ts'
import { VERSION } from '../../version.ts'

/** Of one address; a proxy in front may make many people one. */
const ATTEMPTS_PER_MINUTE = 60

interface SignInDependencies extends SessionSurroundings {
  oneTimeCode: OneTimeCode
}

export const signInRoutes: FastifyPluginAsyncZod<SignInDependencies> = async (app, options) => {
  const { upstream, oneTimeCode } = options
  await app.register(fastifyRateLimit, { global: false })

  /** How one can sign in here → SignInOptions. */
  app.get(
    publicRoutes.signInOptions,
    { schema: { response: { 200: signInOptions } } },
    async () => ({
      code: oneTimeCode.available,
      cluster: upstream.clusterName,
      version: VERSION,
    }),
  )

  /**
   * Signs in with a token of the cluster or the one-time code → Session and its cookie.
   * 401 SignInRefused or CodeRefused, 429 after too many attempts, 502 without a cluster.
   */
  app.post(
    publicRoutes.session,
    {
      schema: { body: signInRequest, response: { 200: session } },
      config: { rateLimit: { max: ATTEMPTS_PER_MINUTE, timeWindow: 60_000 } },
    },
    async (request, reply) => {
      const credentials = await credentialsFor(request.body)
      const user = await whoAmI(upstream.client(credentials), credentials)
      // The browser's own words on how it got here; our side may be plain HTTP behind a proxy.
      const secure = request.headers.origin?.startsWith('https:') ?? false
      const created = newSession({ credentials, user, secure, now: Date.now() })
      await app.sessions.write(request, reply, created)
      request.userSession = created
      return describeSession(created, options)
    },
  )

  async function credentialsFor(body: SignInRequest): Promise<Credentials> {
    if ('token' in body) return { kind: 'token', token: body.token.trim() }
    const own: Credentials = { kind: 'own' }
    if (!oneTimeCode.available) throw new BffError('CodeRefused')
    // Asked before the code is used up: without a cluster it stays good for another try.
    await whoAmI(upstream.client(own), own)
    if (!(await oneTimeCode.redeem(body.code))) throw new BffError('CodeRefused')
    return own
  }
}
