import { Agent, request, type Dispatcher } from 'undici'
import type { Transport } from '../transport.ts'
import type { ClusterConnection } from './kubeconfig.ts'

/** A connection pool to one API server; close it when the process ends. */
export function createDispatcher(connection: ClusterConnection): Dispatcher {
  return new Agent({
    // Watches stay silent for long; the server ends them, not a timeout here.
    bodyTimeout: 0,
    headersTimeout: 60_000,
    connections: null,
    connect: {
      timeout: 5_000,
      rejectUnauthorized: !connection.insecureSkipTlsVerify,
      ...(connection.certificateAuthority && { ca: connection.certificateAuthority }),
      ...(connection.clientCertificate && { cert: connection.clientCertificate }),
      ...(connection.clientKey && { key: connection.clientKey }),
    },
  })
}

/** A transport over undici with the connection's credentials. */
export function createTransport(
  connection: ClusterConnection,
  dispatcher: Dispatcher = createDispatcher(connection),
): Transport {
  return async ({ method, path, headers, body, signal }) => {
    const response = await request(connection.server + path, {
      method,
      dispatcher,
      headers: {
        ...headers,
        ...(connection.token && { authorization: `Bearer ${connection.token}` }),
      },
      ...(body === undefined ? {} : { body }),
      ...(signal ? { signal } : {}),
    })
    const plain: Record<string, string> = {}
    for (const [name, value] of Object.entries(response.headers)) {
      if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value
    }
    return {
      status: response.statusCode,
      headers: plain,
      text: () => response.body.text(),
      chunks: () => response.body.setEncoding('utf8') as AsyncIterable<string>,
    }
  }
}
