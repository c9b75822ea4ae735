import { expect } from 'vitest'
import type { Exchange } from '../exchange.ts'
import { managed, metadata } from '../objects.ts'
import { SUFFIX } from '../volatile.ts'

const added = (name: string, meta: object, data?: object): object => ({
  type: 'ADDED',
  object: {
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: metadata(name, meta),
    ...(data === undefined ? {} : { data }),
  },
})
const owned = (manager: string, ...paths: string[]): object => ({
  managedFields: [managed(manager, paths)],
})
const DESCRIPTION = 'kubernetes.io/description'

const EVENTS = [
  added(
    'applied',
    { managedFields: [managed('other', ['data x'], { operation: 'Apply' })] },
    { x: '2' },
  ),
  added(`gen-${SUFFIX}`, {
    generateName: 'gen-',
    ...owned('unknown', 'metadata generateName'),
  }),
  added(
    'kube-root-ca.crt',
    {
      annotations: {
        [DESCRIPTION]:
          'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.',
      },
      ...owned(
        'kube-controller-manager',
        'data .',
        'data ca.crt',
        'metadata annotations .',
        `metadata annotations ${DESCRIPTION}`,
      ),
    },
    {
      'ca.crt': expect.stringMatching(
        /^-----BEGIN CERTIFICATE-----\n[^-]+\n-----END CERTIFICATE-----\n?$/,
      ) as unknown,
    },
  ),
  added('tls-certs', owned('unknown', 'data .', 'data a', 'data b'), { a: '1', b: '2' }),
]

export const watch: Exchange[] = [
  {
    // What is there comes in no particular order, and no bookmark within so short a time.
    name: 'cm-watch-from-zero',
    method: 'GET',
    path: '/api/v1/namespaces/golden/configmaps?watch=true&resourceVersion=0&timeoutSeconds=2&allowWatchBookmarks=true',
    events: true,
    status: 200,
    answer: EVENTS,
  },
]
