import type { FastifyPluginAsync } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { AccessReviews } from './access/access-reviews.ts'
import { isLoopback, type Config } from './config.ts'
import { OneTimeCode } from './identity/one-time-code.ts'
import { auditTrailPlugin } from './plugins/audit-trail.ts'
import { MetricsService } from './metrics/metrics-service.ts'
import { errorsPlugin } from './plugins/errors.ts'
import { loggingPlugin } from './plugins/logging.ts'
import { metricsPlugin } from './plugins/metrics.ts'
import { originPlugin } from './plugins/origin.ts'
import { securityHeadersPlugin } from './plugins/security-headers.ts'
import { requireSession, sessionPlugin } from './plugins/session.ts'
import { upgradesPlugin } from './plugins/upgrades.ts'
import { accessRoutes } from './routes/private/access.ts'
import { auditRoutes } from './routes/private/audit.ts'
import { ConsoleLimits } from './routes/private/consoles/console-limits.ts'
import { consoleRoutes } from './routes/private/consoles/consoles.ts'
import { execRoutes } from './routes/private/consoles/exec.ts'
import { rdpRoutes } from './routes/private/consoles/rdp.ts'
import { sshRoutes } from './routes/private/consoles/ssh.ts'
import { exportedVolumeRoute } from './routes/private/exported-volume.ts'
import { kubernetesProxy } from './routes/private/kubernetes.ts'
import { liveRoute } from './routes/private/live.ts'
import { metricsRoutes } from './routes/private/metrics/metrics.ts'
import { sessionRoutes } from './routes/private/session.ts'
import { virtualMachinesCsvRoute } from './routes/private/virtual-machines-csv.ts'
import { consoleFiles } from './routes/public/console-files.ts'
import { healthRoutes } from './routes/public/health.ts'
import { signInRoutes } from './routes/public/sign-in.ts'
import { LiveQueries } from './rows/live-queries.ts'
import type { Upstream } from './upstream/upstream.ts'

export interface AppOptions {
  config: Config
  upstream: Upstream
  sessionKey: Uint8Array
  /** History of metrics is worth the more the earlier it begins: not with the first who looks. */
  collectsFromStart?: boolean
}

/** The BFF: its table of contents. */
export const app: FastifyPluginAsync<AppOptions> = async (root, options) => {
  const { config, upstream, sessionKey } = options
  const access = new AccessReviews(upstream)
  const queries = new LiveQueries({ upstream, access })
  const limits = new ConsoleLimits(config.consoles)
  const metrics = new MetricsService(upstream)
  // Codes are for the person at this machine.
  const oneTimeCode = new OneTimeCode(
    isLoopback(config.host) ? config.loginCodeFile : undefined,
  )

  root.setValidatorCompiler(validatorCompiler)
  root.setSerializerCompiler(serializerCompiler)
  if (options.collectsFromStart) metrics.start()
  root.addHook('onClose', async () => {
    metrics.dispose()
    queries.dispose()
    await upstream.close()
  })

  await root.register(errorsPlugin)
  await root.register(loggingPlugin)
  await root.register(auditTrailPlugin)
  await root.register(securityHeadersPlugin, config)
  await root.register(originPlugin, config)
  await root.register(sessionPlugin, { key: sessionKey })
  await root.register(upgradesPlugin)
  await root.register(metricsPlugin, { liveSources: () => queries.sources.size })

  await root.register(async (publicScope) => {
    await publicScope.register(healthRoutes, { upstream })
    await publicScope.register(signInRoutes, {
      upstream,
      oneTimeCode,
      consoles: config.consoles,
    })
    await publicScope.register(consoleFiles, { directory: config.staticDirectory })
  })

  await root.register(async (privateScope) => {
    privateScope.addHook('onRequest', requireSession)
    await privateScope.register(sessionRoutes, { upstream, consoles: config.consoles })
    await privateScope.register(accessRoutes, { access })
    await privateScope.register(auditRoutes, { access })
    await privateScope.register(kubernetesProxy, { upstream })
    await privateScope.register(liveRoute, { queries })
    await privateScope.register(virtualMachinesCsvRoute, { queries })
    await privateScope.register(exportedVolumeRoute, { upstream })
    await privateScope.register(metricsRoutes, { metrics, access })
    await privateScope.register(consoleRoutes, { upstream, access, limits })
    await privateScope.register(execRoutes, { upstream, access, limits })
    await privateScope.register(rdpRoutes, { upstream, access, limits })
    await privateScope.register(sshRoutes, { upstream, access, limits })
  })
}
