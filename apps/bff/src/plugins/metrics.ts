import fastifyPlugin from 'fastify-plugin'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** `/metrics` for Prometheus: the process, the requests, and how much is being watched. */
export const metricsPlugin = fastifyPlugin<{ liveSources: () => number }>(
  async (app, { liveSources }) => {
    const registry = new Registry()
    const registers = [registry]
    collectDefaultMetrics({ register: registry })
    const requests = new Histogram({
      name: 'virtdeck_http_request_seconds',
      help: 'Time to answer HTTP requests',
      labelNames: ['method', 'route', 'status'],
      registers,
    })
    const sources: Gauge = new Gauge({
      name: 'virtdeck_live_sources',
      help: 'Collections of the cluster that are being watched',
      registers,
      collect: () => sources.set(liveSources()),
    })

    app.addHook('onResponse', async (request, reply) => {
      // The route's pattern, not the path: labels must stay few.
      const route = request.routeOptions.url ?? 'none'
      const labels = { method: request.method, route, status: String(reply.statusCode) }
      requests.observe(labels, reply.elapsedTime / 1000)
    })
    app.get('/metrics', async (_request, reply) => {
      return reply.type(registry.contentType).send(await registry.metrics())
    })
  },
  { name: 'metrics' },
)
