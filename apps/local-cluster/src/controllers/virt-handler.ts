import { RESOURCES } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, failedWith, type Controller } from './controller.ts'
import type { Node, Pod } from './informers.ts'

const VIRT_HANDLER_NAMESPACE = 'kubevirt'
const VIRT_HANDLER_PORT = 8443

/**
 * Every node has a pod of virt-handler, where monitoring finds its metrics. Nothing is run for
 * it: the node's agent is what answers. It is a static pod as far as others can tell, since
 * there are no DaemonSets here, and `kubectl drain` leaves it alone.
 */
export function virtHandlerController({ client, informers }: ControllerContext): Controller {
  const nodes = informers.nodes()
  const pods = informers.pods()
  return {
    name: 'virt-handler',
    sources: [
      changesOf(nodes, ({ metadata }) => [metadata?.name ?? '']),
      changesOf(pods, (pod) => (isVirtHandler(pod) ? [pod.spec?.nodeName ?? ''] : [])),
    ],
    reconcile: async (nodeName) => {
      const node = nodes.get(nodeName)
      if (!node || node.metadata?.deletionTimestamp) return
      const pod = virtHandlerPod(node)
      if (pods.get(`${VIRT_HANDLER_NAMESPACE}/${pod.metadata?.name}`)) return
      try {
        await client.create(RESOURCES.pods, pod)
      } catch (error) {
        // It exists already, or the namespace is going.
        if (![409, 403, 404].some((code) => failedWith(error, code))) throw error
      }
    },
  }
}

const isVirtHandler = ({ metadata }: Pod): boolean =>
  metadata?.namespace === VIRT_HANDLER_NAMESPACE &&
  metadata.labels?.['kubevirt.io'] === 'virt-handler'

function virtHandlerPod({ metadata = {} }: Node): Pod {
  const { name: nodeName = '', uid = '' } = metadata
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `virt-handler-${nodeName}`,
      namespace: VIRT_HANDLER_NAMESPACE,
      labels: {
        'kubevirt.io': 'virt-handler',
        'app.kubernetes.io/component': 'kubevirt',
        'app.kubernetes.io/managed-by': 'virt-operator',
        'prometheus.kubevirt.io': 'true',
      },
      annotations: { 'kubernetes.io/config.mirror': uid },
      ownerReferences: [
        { apiVersion: 'v1', kind: 'Node', name: nodeName, uid, controller: true },
      ],
    },
    spec: {
      nodeName,
      hostNetwork: true,
      tolerations: [{ operator: 'Exists' }],
      containers: [
        {
          name: 'virt-handler',
          image: 'quay.io/kubevirt/virt-handler',
          ports: [{ name: 'metrics', containerPort: VIRT_HANDLER_PORT, protocol: 'TCP' }],
        },
      ],
    },
  }
}
