import { readFileSync } from 'node:fs'
import path from 'node:path'
import { loadKubeconfig } from '@virtdeck/kubernetes/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ClusterProcesses } from '../controllers/testing/cluster-processes.ts'
import { access } from './recorded/access.ts'
import { admission } from './recorded/admission.ts'
import { changes, namespaceDeletion, stopped } from './recorded/changes.ts'
import { configMaps } from './recorded/config-maps.ts'
import { coreKinds } from './recorded/core-kinds.ts'
import { deletion } from './recorded/deletion.ts'
import { discovery } from './recorded/discovery.ts'
import { namespaces } from './recorded/namespaces.ts'
import { nodes, nodeSetup } from './recorded/nodes.ts'
import { started } from './recorded/started.ts'
import { beforeStart, start, stop, whileStarting } from './recorded/subresources.ts'
import { virtualMachines } from './recorded/virtual-machines.ts'
import { watch } from './recorded/watch.ts'
import { answerTo, wantedAnswer } from './run-exchange.ts'
import { sendTo, type Send } from './test-requests.ts'

/*
 * What a real kube-apiserver 1.26 with KubeVirt 1.0 answered to these requests, in this order, in
 * one namespace. Where today's KubeVirt (1.9) answers otherwise, its answer stands in the table
 * and a comment says so. The API server and the controllers run as processes of their own; no node
 * agent does, as in the recorded cluster.
 */
const EXCHANGES = [
  ...discovery,
  ...access,
  ...namespaces,
  ...configMaps,
  ...watch,
  ...deletion,
  ...coreKinds,
  ...virtualMachines,
  ...beforeStart,
  ...start,
  ...started,
  ...whileStarting,
  ...stop,
  ...stopped,
  ...admission,
  ...changes,
  ...nodes,
  ...namespaceDeletion,
]

describe('the recorded answers of a real API server', () => {
  const processes = new ClusterProcesses()
  let send: Send

  beforeAll(async () => {
    await processes.start()
    const { directory } = processes
    const { server, certificateAuthority = '' } = await loadKubeconfig(
      path.join(directory, 'kubeconfig'),
    )
    const tokens = JSON.parse(
      readFileSync(path.join(directory, 'tokens.json'), 'utf8'),
    ) as Record<string, string>
    const cluster = {
      url: server,
      caCertificate: certificateAuthority,
      tokenOf: (user: string) => tokens[user] ?? '',
    }
    send = (...request) => sendTo(cluster, ...request)
    // The recorded cluster had no storage class and two nodes that nobody ran.
    await send('DELETE', '/apis/storage.k8s.io/v1/storageclasses/local')
    // One of the common instance types that today's KubeVirt brings was made by the requests.
    const instancetypes =
      '/apis/instancetype.kubevirt.io/v1beta1/virtualmachineclusterinstancetypes'
    await send('DELETE', `${instancetypes}/u1.small`)
    for (const { method, path: target, ...options } of ['node01', 'node02'].flatMap(
      nodeSetup,
    )) {
      const { status, text } = await send(method, target, options)
      if (status >= 300) throw new Error(text)
    }
  })
  afterAll(() => processes.stop())

  test.each(EXCHANGES)('$name', async (exchange) => {
    expect(await answerTo(send, exchange)).toEqual(wantedAnswer(exchange))
  })
})
