import { isDeepStrictEqual } from 'node:util'
import type { V1VirtualMachineInstance as VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { statusErrors } from '@virtdeck/kubernetes'
import { CUSTOM_AGE, pathColumn } from '../columns.ts'
import { customKind, type KindRequest } from '../define.ts'
import { configurationOf } from './admission/configuration.ts'
import { RESERVED_LABELS } from './admission/metadata.ts'
import { instanceCauses } from './admission/rules.ts'
import { defaultInstance } from './defaults.ts'
import { isKubeVirtComponent, KUBEVIRT_VERSIONS } from './versions.ts'

type InstanceStatus = NonNullable<VirtualMachineInstance['status']>

const CREATE_VALIDATOR = 'virtualmachineinstances-create-validator.kubevirt.io'
const UPDATE_VALIDATOR = 'virtualmachineinstances-update-validator.kubevirt.io'
const FINALIZER = 'kubevirt.io/foregroundDeleteVirtualMachine'

/** Its CRD has no status subresource: controllers write status with plain updates. */
export const virtualMachineInstance = customKind<VirtualMachineInstance>({
  ...KUBEVIRT_VERSIONS,
  kind: 'VirtualMachineInstance',
  resource: 'virtualmachineinstances',
  component: 'io.kubevirt.v1.VirtualMachineInstance',
  schemaWebhook: 'virtualmachineinstances-mutator.kubevirt.io',
  shortNames: ['vmi', 'vmis'],
  categories: ['all'],
  namespaced: true,
  columns: [
    CUSTOM_AGE,
    pathColumn({ name: 'Phase', path: '.status.phase' }),
    pathColumn({ name: 'IP', path: '.status.interfaces[0].ipAddress' }),
    pathColumn({ name: 'NodeName', path: '.status.nodeName' }),
    conditionColumn('Ready', 'Ready'),
    { ...conditionColumn('Live-Migratable', 'LiveMigratable'), priority: 1 },
    { ...conditionColumn('Paused', 'Paused'), priority: 1 },
  ],
  prepare: ({ operation, object }) => {
    if (operation !== 'create') return
    defaultInstance(object.spec)
    const metadata = (object.metadata ??= {})
    if (!metadata.finalizers?.includes(FINALIZER)) {
      metadata.finalizers = [...(metadata.finalizers ?? []), FINALIZER]
    }
    // The VM's controller says what the instance was started from.
    const { virtualMachineRevisionName } = object.status ?? {}
    object.status = {
      ...initialStatus(object),
      ...(virtualMachineRevisionName && { virtualMachineRevisionName }),
    }
  },
  admit: (request) => {
    if (request.operation === 'create') admitCreate(request)
    else admitUpdate(request)
  },
})

function conditionColumn(name: string, type: string) {
  return pathColumn({ name, path: `.status.conditions[?(@.type=='${type}')].status` })
}

function initialStatus({ spec }: VirtualMachineInstance): InstanceStatus {
  const { cores = 1, sockets = 1, threads = 1 } = spec.domain.cpu ?? {}
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  return {
    phase: 'Pending',
    phaseTransitionTimestamps: [{ phase: 'Pending', phaseTransitionTimestamp: now }],
    currentCPUTopology: { cores, sockets, threads },
    guestOSInfo: {},
    runtimeUser: 107,
  }
}

function admitCreate(request: KindRequest<VirtualMachineInstance>): void {
  const { object, user } = request
  const causes = instanceCauses(
    { metadata: object.metadata ?? {}, spec: object.spec },
    { configuration: configurationOf(request), trusted: isKubeVirtComponent(user) },
  )
  if (causes.length > 0) throw statusErrors.deniedByWebhook(CREATE_VALIDATOR, causes)
}

function admitUpdate({ object, oldObject, user }: KindRequest<VirtualMachineInstance>): void {
  if (isKubeVirtComponent(user) || !oldObject) return
  if (!isDeepStrictEqual(object.spec, oldObject.spec)) {
    throw statusErrors.deniedByWebhook(UPDATE_VALIDATOR, [
      { reason: 'FieldValueNotSupported', message: 'update of VMI object is restricted' },
    ])
  }
  for (const label of RESERVED_LABELS) {
    if (object.metadata?.labels?.[label] === oldObject.metadata?.labels?.[label]) continue
    const message =
      'modification of the following reserved kubevirt.io/ labels on a VMI object is prohibited'
    throw statusErrors.deniedByWebhook(UPDATE_VALIDATOR, [
      { reason: 'FieldValueNotSupported', message },
    ])
  }
}
