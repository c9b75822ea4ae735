import type {
  V1VirtualMachine as VirtualMachine,
  V1beta1VirtualMachinePreference as Preference,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import {
  inferFromVolume,
  type DataSource,
  type DataVolume,
  type InferenceLookups,
} from '@virtdeck/kubevirt'
import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import type { KindRequest } from '../define.ts'

const MUTATOR = 'virtualmachines-mutator.kubevirt.io'

/** Names the instance type and preference that a volume recommends (`inferFromVolume`). */
export function inferChoices({ object, lookup }: KindRequest<VirtualMachine>): void {
  const namespace = object.metadata?.namespace ?? ''
  const lookups: InferenceLookups = {
    claim: (place) => lookup('persistentvolumeclaims', place.namespace, place.name),
    dataVolume: (place) =>
      lookup('datavolumes.cdi.kubevirt.io', place.namespace, place.name) as
        | DataVolume
        | undefined,
    dataSource: (place) =>
      lookup('datasources.cdi.kubevirt.io', place.namespace, place.name) as
        | DataSource
        | undefined,
  }
  for (const choice of ['instancetype', 'preference'] as const) {
    const matcher = object.spec[choice]
    if (!matcher?.inferFromVolume) continue
    const ignore = matcher.inferFromVolumeFailurePolicy === 'Ignore'
    const volumeName = matcher.inferFromVolume
    const inferred = inferFromVolume(object, { choice, volumeName, namespace }, lookups)
    if (inferred.problem === undefined) {
      const { name, kind } = inferred
      object.spec[choice] = { name, ...(kind && { kind }) }
      // A console that lets a failure pass gives its own memory for that case.
      if (choice === 'instancetype' && ignore) delete object.spec.template?.spec?.domain.memory
    } else if (ignore && inferred.ignorable) delete object.spec[choice]
    else {
      const message = `admission webhook "${MUTATOR}" denied the request: ${inferred.problem}`
      throw statusErrors.other(400, '', message)
    }
  }
}

/** The machine type that the VM's preference prefers. */
export function preferMachineType({ object, lookup }: KindRequest<VirtualMachine>): void {
  const { preference, template } = object.spec
  const domain = template?.spec?.domain
  if (!preference?.name || !domain || domain.machine?.type) return
  const kind = (preference.kind ?? 'VirtualMachineClusterPreference').toLowerCase()
  const scope = kind.includes('cluster') ? undefined : object.metadata?.namespace
  const found: KubernetesObject | undefined = lookup(
    `${kind.replace(/s$/, '')}s.instancetype.kubevirt.io`,
    scope,
    preference.name,
  )
  const type = (found as Preference | undefined)?.spec.machine?.preferredMachineType
  if (type) domain.machine = { ...domain.machine, type }
}
