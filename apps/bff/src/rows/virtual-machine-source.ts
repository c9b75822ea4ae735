import type { VirtualMachineRow } from '@virtdeck/bff-contract'
import { keyOf, RESOURCES } from '@virtdeck/kubernetes'
import { Collection, type CollectionOptions } from './collection.ts'
import { RowSource } from './row-source.ts'
import { RowTable } from './row-table.ts'
import {
  claimPart,
  dataVolumePart,
  launcherPodPart,
  virtualMachineInstancePart,
  virtualMachinePart,
  type ClaimPart,
  type DataVolumePart,
  type LauncherPodPart,
  type VirtualMachineInstancePart,
  type VirtualMachinePart,
} from './virtual-machine-parts.ts'
import { sameVirtualMachineRow, virtualMachineRow } from './virtual-machine-row.ts'

type Scope = Pick<CollectionOptions, 'upstream' | 'credentials' | 'namespace'>

/**
 * Joins VMs with their VMIs, launcher pods, DataVolumes and PVCs, as they come. Only VMs are
 * required: whoever may not list the others sees the list without what they would add.
 */
export class VirtualMachineSource extends RowSource<VirtualMachineRow> {
  readonly table = new RowTable<VirtualMachineRow>(sameVirtualMachineRow)
  readonly #virtualMachines: Collection<VirtualMachinePart>
  readonly #instances: Collection<VirtualMachineInstancePart>
  readonly #pods: Collection<LauncherPodPart>
  readonly #dataVolumes: Collection<DataVolumePart>
  readonly #claims: Collection<ClaimPart>
  /** Newest launcher pod by VMI, for a migration has two. */
  readonly #podsByInstance = new Map<string, LauncherPodPart>()
  /** VMs by PVC, and so by DataVolume. */
  readonly #usersOfClaim = new Map<string, Set<string>>()

  constructor(scope: Scope) {
    super()
    this.#virtualMachines = new Collection<VirtualMachinePart>({
      ...scope,
      resource: RESOURCES.virtualMachines,
      transform: virtualMachinePart,
    })
    this.#instances = new Collection<VirtualMachineInstancePart>({
      ...scope,
      resource: RESOURCES.virtualMachineInstances,
      transform: virtualMachineInstancePart,
    })
    this.#pods = new Collection<LauncherPodPart>({
      ...scope,
      resource: RESOURCES.pods,
      labelSelector: 'kubevirt.io=virt-launcher',
      transform: launcherPodPart,
    })
    this.#dataVolumes = new Collection<DataVolumePart>({
      ...scope,
      resource: RESOURCES.dataVolumes,
      transform: dataVolumePart,
    })
    this.#claims = new Collection<ClaimPart>({
      ...scope,
      resource: RESOURCES.persistentVolumeClaims,
      transform: claimPart,
    })
    this.#join()
    for (const collection of this.#collections) {
      collection.onHealth(() => this.#updateHealth())
      collection.start()
    }
  }

  override dispose(): void {
    super.dispose()
    for (const collection of this.#collections) collection.dispose()
  }

  get #collections() {
    return [this.#virtualMachines, this.#instances, this.#pods, this.#dataVolumes, this.#claims]
  }

  #updateHealth(): void {
    const { health } = this.#virtualMachines
    // A first page without addresses and nodes would only flicker.
    const waiting = health.state === 'live' && this.#instances.health.state === 'starting'
    if (!waiting) this.setHealth(health)
  }

  #join(): void {
    const refresh = (key: string) => this.#refresh(key)
    this.#virtualMachines.informer.subscribe({
      onAdd: (part) => {
        this.#indexClaims(part)
        refresh(keyOf(part))
      },
      onUpdate: (part, old) => {
        this.#indexClaims(part, old)
        refresh(keyOf(part))
      },
      onDelete: (object) => {
        const key = keyOf(object)
        const row = this.table.get(key)
        if (row) this.table.delete(key)
        for (const users of this.#usersOfClaim.values()) users.delete(key)
      },
    })
    const refreshSame = (part: VirtualMachineInstancePart) => refresh(keyOf(part))
    this.#instances.informer.subscribe({
      onAdd: refreshSame,
      onUpdate: refreshSame,
      onDelete: refreshSame,
    })
    const setPod = (part: LauncherPodPart) => {
      const known = this.#podsByInstance.get(part.instanceKey)
      if (known && createdAt(known) > createdAt(part)) return
      this.#podsByInstance.set(part.instanceKey, part)
      refresh(part.instanceKey)
    }
    this.#pods.informer.subscribe({
      onAdd: setPod,
      onUpdate: setPod,
      onDelete: (object) => {
        for (const [instanceKey, part] of this.#podsByInstance) {
          if (keyOf(part) !== keyOf(object)) continue
          this.#podsByInstance.delete(instanceKey)
          refresh(instanceKey)
        }
      },
    })
    const refreshUsers = (part: DataVolumePart | ClaimPart) => {
      for (const key of this.#usersOfClaim.get(keyOf(part)) ?? []) refresh(key)
    }
    for (const { informer } of [this.#dataVolumes, this.#claims]) {
      informer.subscribe({
        onAdd: refreshUsers,
        onUpdate: refreshUsers,
        onDelete: refreshUsers,
      })
    }
  }

  #refresh(key: string): void {
    const virtualMachine = this.#virtualMachines.informer.get(key)
    if (!virtualMachine) return
    const claimed = claimKeys(virtualMachine)
    const dataVolumes = claimed.flatMap((name) => this.#dataVolumes.informer.get(name) ?? [])
    const claims = claimed.flatMap((name) => this.#claims.informer.get(name) ?? [])
    const instance = this.#instances.informer.get(key)
    const launcherPod = this.#podsByInstance.get(key)
    const parts = { virtualMachine, instance, launcherPod, dataVolumes, claims }
    this.table.set(virtualMachineRow(parts))
  }

  #indexClaims(part: VirtualMachinePart, old?: VirtualMachinePart): void {
    const key = keyOf(part)
    if (old) {
      for (const name of claimKeys(old)) this.#usersOfClaim.get(name)?.delete(key)
    }
    for (const name of claimKeys(part)) {
      const users = this.#usersOfClaim.get(name)
      if (users) users.add(key)
      else this.#usersOfClaim.set(name, new Set([key]))
    }
  }
}

const createdAt = ({ metadata }: LauncherPodPart) => metadata.creationTimestamp ?? ''

const claimKeys = ({ metadata, claims }: VirtualMachinePart) =>
  claims.map((name) => `${metadata.namespace ?? ''}/${name}`)
