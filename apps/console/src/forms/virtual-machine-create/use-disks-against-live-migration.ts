import { RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import {
  disksAgainstLiveMigration,
  type DiskValues,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useMemo } from 'react'
import { useFormContext } from 'react-hook-form'
import { useListedObjects } from '../fields/use-listed-objects.ts'
import type { Claim } from './use-chosen-claim.ts'

interface StorageProfile extends KubernetesObject {
  status?: { claimPropertySets?: { accessModes?: string[] }[] }
}

/** KubeVirt's own choice of a default class comes before the cluster's. */
const DEFAULT_CLASS = [
  'storageclass.kubevirt.io/is-default-virt-class',
  'storageclass.kubernetes.io/is-default-class',
]

const nameOf = ({ metadata }: KubernetesObject): string => metadata?.name ?? ''

const defaultClassOf = (classes: readonly KubernetesObject[]): string | undefined =>
  DEFAULT_CLASS.map((annotation) =>
    classes.find(({ metadata }) => metadata?.annotations?.[annotation] === 'true'),
  ).find((found) => found !== undefined)?.metadata?.name

/** F-17: the names of disks that cannot be on two nodes at once, as far as is known. */
export function useDisksAgainstLiveMigration(disks: readonly DiskValues[]): string[] {
  const { watch } = useFormContext<VirtualMachineCreateValues>()
  const classes = useListedObjects(RESOURCES.storageClasses)
  const profiles = useListedObjects(RESOURCES.storageProfiles)
  const claims = useListedObjects(RESOURCES.persistentVolumeClaims, watch('general.namespace'))
  const facts = useMemo(
    () => ({
      defaultClass: defaultClassOf(classes.objects),
      profileModes: new Map(
        (profiles.objects as StorageProfile[]).map((profile) => [
          nameOf(profile),
          profile.status?.claimPropertySets?.[0]?.accessModes ?? [],
        ]),
      ),
      claimModes: new Map(
        (claims.objects as Claim[]).map((claim) => [
          nameOf(claim),
          claim.spec?.accessModes ?? [],
        ]),
      ),
    }),
    [classes, profiles, claims],
  )
  return disksAgainstLiveMigration(disks, facts)
}
