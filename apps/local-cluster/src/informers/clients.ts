import {
  CoreV1Api,
  KubeConfig,
  ListWatch,
  Watch,
  type V1ConfigMap,
} from '@kubernetes/client-node'
import { Informer, KubernetesClient, RESOURCES } from '@virtdeck/kubernetes'
import { createTransport } from '@virtdeck/kubernetes/node'
import { LABEL, Recorder } from './history.ts'

/** An informer of the config maps with a label, and what it tells. */
export interface RecordedInformer {
  recorder: Recorder
  /** Resolves when the first list is in. */
  synced: Promise<void>
  stop: () => void
}

export interface InformerStart {
  server: string
  ca?: string
  token: string
  label: string
  /** After so many milliseconds a silent connection is given up. */
  silenceLimit: number
}

export type InformerKind = (start: InformerStart) => RecordedInformer

/** The informer of packages/kubernetes. */
export const ownInformer: InformerKind = ({ server, ca, token, label, silenceLimit }) => {
  const recorder = new Recorder()
  const trust = ca === undefined ? {} : { certificateAuthority: ca }
  const client = new KubernetesClient(createTransport({ server, token, ...trust }))
  const informer = new Informer({
    client,
    resource: RESOURCES.configMaps,
    namespace: 'default',
    labelSelector: `${LABEL}=${label}`,
    silenceLimit,
    // The order and number of attempts count here, not how long they wait.
    delay: () => new Promise((resolve) => setTimeout(resolve, 20)),
  })
  informer.subscribe({
    onAdd: (object) => recorder.add('add', object),
    onUpdate: (object) => recorder.add('update', object),
    onDelete: (object) => recorder.add('delete', object),
  })
  informer.start()
  return { recorder, synced: informer.whenSynced(), stop: () => informer.stop() }
}

/** The informer of @kubernetes/client-node, used as its documentation says. */
export const clientNodeInformer: InformerKind = ({
  server,
  ca,
  token,
  label,
  silenceLimit,
}) => {
  const recorder = new Recorder()
  const config = new KubeConfig()
  const trust =
    ca === undefined
      ? { skipTLSVerify: true }
      : { skipTLSVerify: false, caData: Buffer.from(ca).toString('base64') }
  config.loadFromClusterAndUser({ name: 'local', server, ...trust }, { name: 'admin', token })
  const api = config.makeApiClient(CoreV1Api)
  const watch = new Watch(config)
  // 30 s in real life, and nothing to set.
  Object.assign(watch, { requestTimeoutMs: silenceLimit })
  const first = Promise.withResolvers<void>()
  const namespace = 'default'
  const selector = `${LABEL}=${label}`
  const informer = new ListWatch<V1ConfigMap>(
    '/api/v1/namespaces/default/configmaps',
    watch,
    async () => {
      const list = await api.listNamespacedConfigMap({ namespace, labelSelector: selector })
      first.resolve()
      return list
    },
    false,
    selector,
    undefined,
    { delayFn: () => new Promise((resolve) => setTimeout(resolve, 20)) },
  )
  let stopped = false
  informer.on('add', (object) => recorder.add('add', object))
  informer.on('update', (object) => recorder.add('update', object))
  informer.on('delete', (object) => recorder.add('delete', object))
  informer.on('error', () => {
    // It ends with an error; its users start it again.
    setTimeout(() => stopped || void informer.start(), 20)
  })
  void informer.start()
  return {
    recorder,
    synced: first.promise,
    stop: () => {
      stopped = true
      void informer.stop()
    },
  }
}
