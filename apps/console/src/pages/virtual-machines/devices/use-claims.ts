import type { V1VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { RESOURCES } from '@virtdeck/kubernetes'
import type { DiskClaim } from '@virtdeck/kubevirt'
import { useMemo } from 'react'
import { useListedObjects } from '../../../forms/fields/use-listed-objects.ts'

interface StorageClass {
  metadata?: { name?: string }
  allowVolumeExpansion?: boolean
}

const byName = <T extends { metadata?: { name?: string } }>(objects: readonly unknown[]) =>
  new Map((objects as readonly T[]).map((each) => [each.metadata?.name ?? '', each]))

/** The claims of a VM's project and the storage classes, by name; none where they may not be read. */
export function useClaims({ metadata }: V1VirtualMachine) {
  const { objects: claims } = useListedObjects(
    RESOURCES.persistentVolumeClaims,
    metadata?.namespace,
  )
  const { objects: classes, isComplete } = useListedObjects(RESOURCES.storageClasses)
  return useMemo(
    () => ({
      claims: byName<DiskClaim>(claims),
      classes: byName<StorageClass>(classes),
      /** A class that is not among them does not exist. */
      areClassesKnown: isComplete,
    }),
    [claims, classes, isComplete],
  )
}
