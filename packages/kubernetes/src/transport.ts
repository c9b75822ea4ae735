/** One HTTP request to a Kubernetes API server. */
export interface TransportRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path with query, starting with `/`. */
  path: string
  headers?: Record<string, string>
  body?: string
  signal?: AbortSignal | undefined
}

export interface TransportResponse {
  status: number
  headers: Record<string, string>
  /** The whole body. */
  text: () => Promise<string>
  /** The body as it arrives, decoded as UTF-8. */
  chunks: () => AsyncIterable<string>
}

/** How a client reaches the API server. Rejects when it cannot be reached. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>
