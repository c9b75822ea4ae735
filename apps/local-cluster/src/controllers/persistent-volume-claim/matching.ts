import {
  matchesLabels,
  parseQuantity,
  requirementsOf,
  type LabelRequirement,
} from '@virtdeck/kubernetes'
import type { PersistentVolume, PersistentVolumeClaim } from '../informers.ts'

/**
 * The volume that a person has made for such a claim: the one that names it, or else the smallest
 * that is free and good enough. Source: kube-controller-manager's volume binder.
 */
export function matchingVolume(
  claim: PersistentVolumeClaim,
  volumes: Iterable<PersistentVolume>,
): PersistentVolume | undefined {
  const all = [...volumes].filter(({ metadata }) => metadata?.deletionTimestamp === undefined)
  const named = all.find((volume) => isReservedFor(claim, volume))
  if (named) return named
  return all
    .filter((volume) => !volume.spec?.claimRef && isGoodFor(claim, volume))
    .toSorted((a, b) => capacityOf(a) - capacityOf(b))[0]
}

function isReservedFor(
  { metadata = {} }: PersistentVolumeClaim,
  { spec }: PersistentVolume,
): boolean {
  const { claimRef } = spec ?? {}
  if (claimRef?.name !== metadata.name || claimRef?.namespace !== metadata.namespace)
    return false
  return claimRef?.uid === undefined || claimRef.uid === metadata.uid
}

function isGoodFor({ spec }: PersistentVolumeClaim, volume: PersistentVolume): boolean {
  const { storageClassName = '', accessModes = [], volumeMode } = volume.spec ?? {}
  const wanted = parseQuantity(String(spec?.resources?.requests?.['storage'] ?? 0)) ?? 0
  return (
    storageClassName === (spec?.storageClassName ?? '') &&
    (spec?.accessModes ?? []).every((mode) => accessModes.includes(mode)) &&
    (volumeMode ?? 'Filesystem') === (spec?.volumeMode ?? 'Filesystem') &&
    capacityOf(volume) >= wanted &&
    (!spec?.selector || matchesLabels(labelsOf(spec.selector), volume.metadata?.labels))
  )
}

type Selector = NonNullable<NonNullable<PersistentVolumeClaim['spec']>['selector']>

const labelsOf = (selector: Selector): LabelRequirement[] => requirementsOf(selector)

const capacityOf = ({ spec }: PersistentVolume): number =>
  parseQuantity(String(spec?.capacity?.['storage'] ?? 0)) ?? 0
