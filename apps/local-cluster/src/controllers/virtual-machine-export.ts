import { randomBytes } from 'node:crypto'
import {
  keyOf,
  ownerReferenceTo,
  RESOURCES,
  type KubernetesObject,
  type ResourceRef,
} from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, failedWith, unlessGone, type Controller } from './controller.ts'
import { exportSourceOf, type VirtualMachineExport } from './exports/export-source.ts'
import {
  expirationOf,
  exportStatusOf,
  serviceNameOf,
  tokenSecretNameOf,
} from './exports/export-status.ts'
import { serveExports } from './exports/serve-exports.ts'
import { IndexBy } from './index-by.ts'
import { differences } from './merge-patch.ts'

const COMPONENT = 'export-controller'
const TOKEN_BYTES = 15
/** What is in the way may go without an event of a kind that is watched here. */
const RETRY_MS = 3_000

/**
 * VirtualMachineExport → a Service and a token, and the disks behind it for who has the token.
 * There is no exporter pod: this process serves the files, on a socket of its own.
 */
export async function virtualMachineExportController(
  context: ControllerContext,
): Promise<Controller> {
  const { client, informers, events, now, certificateAuthority } = context
  const vmExports = informers.of<VirtualMachineExport>(RESOURCES.virtualMachineExports)
  const exportsOf = new IndexBy(vmExports, ({ metadata, spec }) => [
    `${metadata?.namespace}/${spec.source.name}`,
  ])
  const exporter = await serveExports(context)
  const namedLike = (object: KubernetesObject) => exportsOf.keys(keyOf(object))
  const ofNamespace = ({ metadata }: KubernetesObject) =>
    [...vmExports.list()]
      .filter((each) => each.metadata?.namespace === metadata?.namespace)
      .map(keyOf)

  return {
    name: 'virtual-machine-export',
    sources: [
      changesOf(vmExports, (vmExport) => [keyOf(vmExport)]),
      changesOf(informers.virtualMachines(), namedLike),
      changesOf(informers.virtualMachineInstances(), ofNamespace),
      changesOf(informers.persistentVolumeClaims(), ofNamespace),
    ],
    reconcile: async (key) => {
      const vmExport = vmExports.get(key)
      if (!vmExport || vmExport.metadata?.deletionTimestamp) return undefined
      const { namespace, name } = vmExport.metadata ?? {}
      const left = expirationOf(vmExport).getTime() - now().getTime()
      if (left <= 0) {
        await unlessGone(client.delete(RESOURCES.virtualMachineExports, { namespace, name }))
        return undefined
      }
      const source = exportSourceOf(vmExport, informers)
      await createOnce(vmExport, { resource: RESOURCES.services, object: service(vmExport) })
      if (!source.obstacle && vmExport.spec.tokenSecretRef === undefined) {
        await createOnce(vmExport, { resource: RESOURCES.secrets, object: secret(vmExport) })
      }
      const status = exportStatusOf(vmExport, { source, certificateAuthority, now: now() })
      const changes = differences<object>(vmExport.status, status)
      if (changes !== undefined) {
        const patch = { status: changes }
        const options = { subresource: 'status' }
        const target = { namespace, name }
        await unlessGone(client.patch(RESOURCES.virtualMachineExports, target, patch, options))
      }
      return { requeueAfterMs: source.obstacle ? RETRY_MS : left }
    },
    close: () => exporter.close(),
  }

  async function createOnce(
    vmExport: VirtualMachineExport,
    { resource, object }: { resource: ResourceRef; object: KubernetesObject },
  ): Promise<void> {
    const { namespace = '' } = vmExport.metadata ?? {}
    const owner = {
      ...vmExport,
      apiVersion: 'export.kubevirt.io/v1beta1',
      kind: 'VirtualMachineExport',
    }
    const metadata = {
      ...object.metadata,
      namespace,
      ownerReferences: [ownerReferenceTo(owner)],
    }
    try {
      await client.create(resource, { ...object, metadata })
    } catch (error) {
      if (failedWith(error, 409)) return
      throw error
    }
    const made = `${namespace}/${object.metadata?.name}`
    const isService = resource === RESOURCES.services
    events.record(owner, {
      component: COMPONENT,
      reason: isService ? 'ServiceCreated' : 'SecretCreated',
      message: isService ? `Created service ${made}` : `Created default secret ${made}`,
    })
  }
}

const service = (vmExport: VirtualMachineExport): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: serviceNameOf(vmExport),
    labels: { 'kubevirt.io': 'virt-exporter' },
  },
  spec: {
    ports: [{ protocol: 'TCP', port: 443, targetPort: 8443 }],
    selector: { 'kubevirt.io.virt-export-service': vmExport.metadata?.name ?? '' },
  },
})

const secret = (vmExport: VirtualMachineExport): KubernetesObject =>
  ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: tokenSecretNameOf(vmExport) },
    type: 'Opaque',
    data: { token: Buffer.from(randomBytes(TOKEN_BYTES).toString('hex')).toString('base64') },
  }) as KubernetesObject
