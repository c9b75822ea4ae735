import type { V1beta1DataVolume as DataVolume } from '@kubevirt-ui-ext/kubevirt-api/containerized-data-importer'
import type { V1VirtualMachine as VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { KubernetesObject } from '@virtdeck/kubernetes'

type Labels = Record<string, string> | undefined
type Place = { namespace: string; name: string }

/** CDI's DataSource, as far as it is read here. */
export interface DataSource extends KubernetesObject {
  spec?: { source?: { pvc?: { namespace?: string; name: string } } }
}

/** Finds the objects that may carry the labels. */
export interface InferenceLookups {
  claim: (place: Place) => KubernetesObject | undefined
  dataVolume: (place: Place) => DataVolume | undefined
  dataSource: (place: Place) => DataSource | undefined
}

export type Inference =
  | { name: string; kind: string | undefined; problem?: undefined }
  /** `ignorable`: `inferFromVolumeFailurePolicy: Ignore` covers it. */
  | { problem: string; ignorable: boolean }

const DEFAULTS = {
  instancetype: {
    name: 'instancetype.kubevirt.io/default-instancetype',
    kind: 'instancetype.kubevirt.io/default-instancetype-kind',
  },
  preference: {
    name: 'instancetype.kubevirt.io/default-preference',
    kind: 'instancetype.kubevirt.io/default-preference-kind',
  },
} as const

export type InferredChoice = keyof typeof DEFAULTS

const failed = (problem: string, ignorable = true): Inference => ({ problem, ignorable })

/**
 * The instance type or preference that a volume's claim, DataVolume or DataSource recommends by
 * its labels. Source: KubeVirt `pkg/instancetype/infer`.
 */
export function inferFromVolume(
  virtualMachine: VirtualMachine,
  options: { choice: InferredChoice; volumeName: string; namespace: string },
  lookups: InferenceLookups,
): Inference {
  const { choice, volumeName, namespace } = options
  const { name: nameLabel, kind: kindLabel } = DEFAULTS[choice]
  const { template, dataVolumeTemplates = [] } = virtualMachine.spec
  const volume = template.spec?.volumes?.find(({ name }) => name === volumeName)
  if (volume === undefined) {
    return failed(`unable to find volume ${volumeName} to infer defaults`, false)
  }
  const claimName = volume.persistentVolumeClaim?.claimName
  if (claimName !== undefined) return fromClaim({ namespace, name: claimName })
  if (volume.dataVolume) return fromDataVolume(volume.dataVolume.name)
  return failed(`unable to infer defaults from volume ${volumeName} as type is not supported`)

  function labelled(labels: Labels): Inference | undefined {
    const name = labels?.[nameLabel]
    return name === undefined ? undefined : { name, kind: labels?.[kindLabel] }
  }

  function fromClaim(place: Place): Inference {
    const claim = lookups.claim(place)
    if (claim === undefined) {
      return failed(`persistentvolumeclaims "${place.name}" not found`, false)
    }
    const missing = `unable to find required ${nameLabel} label on the volume`
    return labelled(claim.metadata?.labels) ?? failed(missing)
  }

  function fromDataVolume(name: string): Inference {
    const own = dataVolumeTemplates.find(({ metadata }) => metadata?.name === name)
    if (own) return fromSource(own.spec)
    const dataVolume = lookups.dataVolume({ namespace, name })
    // A claim outlives its DataVolume.
    if (dataVolume === undefined) return fromClaim({ namespace, name })
    return labelled(dataVolume.metadata?.labels) ?? fromSource(dataVolume.spec)
  }

  function fromSource({ source, sourceRef }: Pick<DataVolume['spec'], 'source' | 'sourceRef'>) {
    if (source?.pvc) return fromClaim(source.pvc)
    if (!sourceRef) {
      const problem =
        'unable to infer defaults from DataVolumeSpec as DataVolumeSource is not supported'
      return failed(problem)
    }
    if (sourceRef.kind !== 'DataSource') {
      const problem = `unable to infer defaults from DataVolumeSourceRef as Kind ${sourceRef.kind} is not supported`
      return failed(problem)
    }
    return fromDataSource({ namespace: sourceRef.namespace ?? namespace, name: sourceRef.name })
  }

  function fromDataSource(place: Place): Inference {
    const dataSource = lookups.dataSource(place)
    if (dataSource === undefined) {
      return failed(`datasources.cdi.kubevirt.io "${place.name}" not found`, false)
    }
    const found = labelled(dataSource.metadata?.labels)
    if (found) return found
    const claim = dataSource.spec?.source?.pvc
    if (claim)
      return fromClaim({ namespace: claim.namespace ?? place.namespace, name: claim.name })
    const problem =
      "unable to infer defaults from DataSource that doesn't provide DataVolumeSourcePVC"
    return failed(problem)
  }
}
