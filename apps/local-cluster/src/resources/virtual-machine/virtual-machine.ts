import type { V1VirtualMachine as VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { statusErrors } from '@virtdeck/kubernetes'
import { CUSTOM_AGE, pathColumn } from '../columns.ts'
import { customKind, type KindRequest } from '../define.ts'
import { cause } from './admission/cause.ts'
import { machineCauses } from './admission/rules.ts'
import { defaultEmbeddedMetadata, defaultVirtualMachine } from './defaults.ts'
import { KUBEVIRT_VERSIONS } from './versions.ts'

const VALIDATOR = 'virtualmachine-validator.kubevirt.io'

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
  prepare: ({ operation, object, subresource }) => {
    if (subresource) return
    if (operation === 'create') defaultVirtualMachine(object)
    else defaultEmbeddedMetadata(object)
  },
  admit: (request) => {
    const { object, warn } = request
    if (object.metadata?.deletionTimestamp) return
    const causes = [...machineCauses(object.spec), ...duringSnapshot(request)]
    if (causes.length > 0) throw statusErrors.deniedByWebhook(VALIDATOR, causes)
    if (object.spec.running !== undefined) {
      warn('spec.running is deprecated, please use spec.runStrategy instead.')
    }
  },
})

function duringSnapshot({ object, oldObject }: KindRequest<VirtualMachine>) {
  const snapshot = oldObject?.status?.snapshotInProgress
  if (!snapshot) return []
  const { running, runStrategy } = oldObject.spec
  if (running === object.spec.running && runStrategy === object.spec.runStrategy) return []
  const message = `Cannot update vm running state until snapshot "${snapshot}" completes`
  return [cause('spec', message, 'FieldValueNotSupported')]
}
