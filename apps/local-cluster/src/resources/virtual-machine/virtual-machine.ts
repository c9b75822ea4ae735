import { isDeepStrictEqual } from 'node:util'
import type { V1VirtualMachine as VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { statusErrors } from '@virtdeck/kubernetes'
import { CUSTOM_AGE, pathColumn } from '../columns.ts'
import { customKind, type KindRequest } from '../define.ts'
import { cause } from './admission/cause.ts'
import { configurationOf } from './admission/configuration.ts'
import { expandedMachine } from './admission/instancetype.ts'
import { machineCauses } from './admission/rules.ts'
import {
  defaultEmbeddedMetadata,
  defaultVirtualMachine,
  withDefaultRequests,
} from './defaults.ts'
import { inferChoices, preferMachineType } from './inferred-choices.ts'
import { assignMacAddresses, MAC_ADDRESSES, macAddressesOf } from './mac-pool.ts'
import { isKubeVirtComponent, KUBEVIRT_VERSIONS } from './versions.ts'

const VALIDATOR = 'virtualmachine-validator.kubevirt.io'
/** A policy of the operator that brings the common templates along. */
const POLICY = 'kubevirt-vm-deletion-protection'
const DELETE_PROTECTION = 'kubevirt.io/vm-delete-protection'

export const virtualMachine = customKind<VirtualMachine>({
  ...KUBEVIRT_VERSIONS,
  kind: 'VirtualMachine',
  resource: 'virtualmachines',
  component: 'io.kubevirt.v1.VirtualMachine',
  schemaWebhook: 'virtualmachines-mutator.kubevirt.io',
  shortNames: ['vm', 'vms'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  columns: [
    CUSTOM_AGE,
    pathColumn({
      name: 'Status',
      path: '.status.printableStatus',
      description: 'Human Readable Status',
    }),
    pathColumn({ name: 'Ready', path: ".status.conditions[?(@.type=='Ready')].status" }),
  ],
  indexes: { [MAC_ADDRESSES]: macAddressesOf },
  prepare: (request) => {
    const { operation, object, subresource } = request
    if (subresource) return
    if (operation === 'create') {
      inferChoices(request)
      preferMachineType(request)
      defaultVirtualMachine(object)
    } else defaultEmbeddedMetadata(object)
    assignMacAddresses(request)
  },
  admit: (request) => {
    const { object, user, warn } = request
    if (object.metadata?.deletionTimestamp) return
    const expanded = expandedMachine(object.spec, object.metadata?.namespace, request.lookup)
    const steps = [
      () => expanded.causes,
      () =>
        machineCauses('spec', withDefaultRequests(expanded.spec), {
          configuration: configurationOf(request),
          trusted: isKubeVirtComponent(user),
        }),
      () => templateNamespaces(request),
      () => duringSnapshot(request),
      () => duringRestore(request),
    ]
    // Each step assumes what the one before it has checked.
    for (const step of steps) {
      const causes = step()
      if (causes.length > 0) throw statusErrors.deniedByWebhook(VALIDATOR, causes)
    }
    if (object.spec.running !== undefined) {
      warn('spec.running is deprecated, please use spec.runStrategy instead.')
    }
  },
  admitDelete: ({ object }) => {
    const { name = '', labels } = object.metadata ?? {}
    if (!/^(?:true|True)$/.test(labels?.[DELETE_PROTECTION] ?? '')) return
    const reason = `VirtualMachine ${name} cannot be deleted, disable/remove label '${DELETE_PROTECTION}' from VirtualMachine before deleting it`
    throw statusErrors.other(
      422,
      'Invalid',
      `virtualmachines.kubevirt.io "${name}" is forbidden: ValidatingAdmissionPolicy '${POLICY}' with binding '${POLICY}' denied request: ${reason}`,
      { name, group: 'kubevirt.io', kind: 'virtualmachines', causes: [{ message: reason }] },
    )
  },
})

/** Templates make their volumes beside the VM. */
function templateNamespaces({ object, oldObject }: KindRequest<VirtualMachine>) {
  const templates = object.spec.dataVolumeTemplates ?? []
  if (isDeepStrictEqual(oldObject?.spec.dataVolumeTemplates, templates)) return []
  const { namespace } = object.metadata ?? {}
  return templates.flatMap(({ metadata }, index) => {
    const { namespace: other }: { namespace?: string } = metadata ?? {}
    if (!other || other === namespace) return []
    const message = `Embedded DataVolume namespace ${other} differs from VM namespace ${namespace}`
    return [cause(`spec.dataVolumeTemplates[${index}]`, message)]
  })
}

function duringSnapshot({ object, oldObject }: KindRequest<VirtualMachine>) {
  const snapshot = oldObject?.status?.snapshotInProgress
  if (!snapshot) return []
  const { running, runStrategy } = oldObject.spec
  if (running === object.spec.running && runStrategy === object.spec.runStrategy) return []
  const message = `Cannot update vm running state until snapshot "${snapshot}" completes`
  return [cause('spec', message, 'FieldValueNotSupported')]
}

function duringRestore({ object, oldObject }: KindRequest<VirtualMachine>) {
  const restore = oldObject?.status?.restoreInProgress
  if (!restore || isDeepStrictEqual(object.spec, oldObject.spec)) return []
  const { running, runStrategy } = object.spec
  if (runStrategy === 'Halted' || running === false) return []
  const message = `Cannot start VM until restore "${restore}" completes`
  return [cause('spec', message, 'FieldValueNotSupported')]
}
