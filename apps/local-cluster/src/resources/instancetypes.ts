import type {
  V1beta1VirtualMachineInstancetypeSpec as InstancetypeSpec,
  V1beta1VirtualMachinePreferenceSpec as PreferenceSpec,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { type KubernetesObject, type StatusCause, statusErrors } from '@virtdeck/kubernetes'
import type { ResourceDefinition } from '../registry.ts'
import { CUSTOM_AGE } from './columns.ts'
import { customKind } from './define.ts'
import { cause, causeIf } from './virtual-machine/admission/cause.ts'

const GROUP = 'instancetype.kubevirt.io'

/** Their CRDs have no columns of their own; a kube-apiserver then shows the age. */
const kindOf = (
  kind: string,
  names: { resource: string; shortNames: string[]; namespaced: boolean },
): ResourceDefinition =>
  customKind<KubernetesObject>({
    ...names,
    group: GROUP,
    versions: ['v1beta1'],
    kind,
    component: `io.kubevirt.v1beta1.${kind}`,
    columns: [CUSTOM_AGE],
    admit: ({ object: { spec }, warn }) => {
      const isPreference = kind.endsWith('Preference')
      const causes = isPreference
        ? preferenceCauses(spec as PreferenceSpec)
        : instancetypeCauses(spec as InstancetypeSpec)
      const scope = kind.startsWith('VirtualMachineCluster') ? 'cluster' : ''
      const webhook = `virtualmachine${scope}${isPreference ? 'preference' : 'instancetype'}-validator.instancetype.kubevirt.io`
      if (causes.length > 0) throw statusErrors.deniedByWebhook(webhook, causes)
      if (!isPreference && (spec as { launchSecurity?: object } | undefined)?.launchSecurity) {
        warn(
          'launchSecurity is deprecated and will be removed in a future release. Use preference instead.',
        )
      }
    },
    ...(names.namespaced ? { categories: ['all'] } : {}),
  })

export const virtualMachineInstancetype = kindOf('VirtualMachineInstancetype', {
  resource: 'virtualmachineinstancetypes',
  shortNames: ['vminstancetype', 'vminstancetypes', 'vmf', 'vmfs'],
  namespaced: true,
})

export const virtualMachineClusterInstancetype = kindOf('VirtualMachineClusterInstancetype', {
  resource: 'virtualmachineclusterinstancetypes',
  shortNames: ['vmclusterinstancetype', 'vmclusterinstancetypes', 'vmcf', 'vmcfs'],
  namespaced: false,
})

export const virtualMachinePreference = kindOf('VirtualMachinePreference', {
  resource: 'virtualmachinepreferences',
  shortNames: ['vmpref', 'vmprefs', 'vmp', 'vmps'],
  namespaced: true,
})

export const virtualMachineClusterPreference = kindOf('VirtualMachineClusterPreference', {
  resource: 'virtualmachineclusterpreferences',
  shortNames: ['vmcp', 'vmcps'],
  namespaced: false,
})

function instancetypeCauses({ memory }: InstancetypeSpec): StatusCause[] {
  const percent = memory.overcommitPercent ?? 0
  const field = 'spec.memory.overcommitPercent'
  return [
    ...causeIf(
      percent < 0 || percent > 100,
      field,
      `${field} '${percent}': must be in range between 0 and 100.`,
    ),
    ...causeIf(
      percent !== 0 && !!memory.hugepages,
      field,
      `${field} and spec.memory.hugepages should not be requested together.`,
    ),
  ]
}

/** How CPUs are spread, where a preference asks for it. */
function preferenceCauses({ cpu }: PreferenceSpec): StatusCause[] {
  const { across, ratio = 2 } = cpu?.spreadOptions ?? {}
  const spread = ['preferSpread', 'spread'].includes(cpu?.preferredCPUTopology ?? '')
  if (!spread || across !== 'CoresThreads' || ratio === 2) return []
  const message =
    'only a ratio of 2 (1 core 2 threads) is allowed when spreading vCPUs over cores and threads'
  return [cause('spec.cpu.spreadOptions.ratio', message)]
}
