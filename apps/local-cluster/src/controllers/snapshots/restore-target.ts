import { isFinal } from '@virtdeck/kubevirt'
import { controllerOf, keyOf, RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import type { ControllerContext } from '../context.ts'
import { failedWith, unlessGone } from '../controller.ts'
import type { VirtualMachine } from '../informers.ts'
import type { VirtualMachineRestore } from './restore-plan.ts'

const { virtualMachines, dataVolumes } = RESOURCES

/** The VM that a restore makes or changes. */
export function restoreTarget({ client, informers }: ControllerContext) {
  const machines = informers.virtualMachines()
  const instances = informers.virtualMachineInstances()
  const allDataVolumes = informers.dataVolumes()

  const targetOf = ({ metadata }: KubernetesObject) => ({
    namespace: metadata?.namespace,
    name: metadata?.name ?? '',
  })

  function find({ metadata, spec }: VirtualMachineRestore): VirtualMachine | undefined {
    return machines.get(`${metadata?.namespace}/${spec.target.name}`)
  }

  async function writeStatus(machine: VirtualMachine, restoreInProgress: string | null) {
    const patch = { status: { restoreInProgress } }
    const options = { subresource: 'status' }
    await unlessGone(client.patch(virtualMachines, targetOf(machine), patch, options))
  }

  return {
    find,

    isRunning: (machine: VirtualMachine): boolean => {
      const instance = instances.get(keyOf(machine))
      return instance !== undefined && !isFinal(instance)
    },

    stop: async (machine: VirtualMachine): Promise<void> => {
      const { spec } = machine
      const stopped =
        spec.running === undefined ? { runStrategy: 'Halted' } : { running: false }
      await unlessGone(client.patch(virtualMachines, targetOf(machine), { spec: stopped }))
    },

    /** Says on the VM that it is being restored; virt-api lets nobody start it meanwhile. */
    hold: async (
      machine: VirtualMachine,
      { metadata }: VirtualMachineRestore,
    ): Promise<void> => {
      if (machine.status?.restoreInProgress === metadata?.name) return
      await writeStatus(machine, metadata?.name ?? '')
    },

    release: async ({ metadata, spec }: VirtualMachineRestore): Promise<void> => {
      const target = { namespace: metadata?.namespace, name: spec.target.name }
      try {
        // The cache may not have seen yet that it is held.
        const machine = await client.get<VirtualMachine>(virtualMachines, target)
        if (machine.status?.restoreInProgress !== metadata?.name) return
        await writeStatus(machine, null)
      } catch (error) {
        if (!failedWith(error, 404)) throw error
      }
    },

    write: async (
      before: VirtualMachine | undefined,
      wanted: VirtualMachine,
    ): Promise<void> => {
      if (before === undefined) {
        try {
          await client.create(virtualMachines, wanted)
        } catch (error) {
          if (!failedWith(error, 409)) throw error
        }
        return
      }
      // As a whole, so that nothing of the present spec stays.
      const current = await client.get<VirtualMachine>(virtualMachines, targetOf(before))
      const annotations = { ...current.metadata?.annotations, ...wanted.metadata?.annotations }
      const metadata = { ...current.metadata, annotations }
      await client.update(virtualMachines, { ...current, metadata, spec: wanted.spec })
    },

    /** Deletes the DataVolumes that the VM owns and no longer names. */
    deleteObsolete: async (machine: VirtualMachine): Promise<string[]> => {
      const { dataVolumeTemplates = [] } = machine.spec
      const named = new Set(dataVolumeTemplates.map(({ metadata }) => metadata?.name))
      const deleted: string[] = []
      for (const dataVolume of allDataVolumes.list()) {
        const { namespace, name = '' } = dataVolume.metadata ?? {}
        if (namespace !== machine.metadata?.namespace || named.has(name)) continue
        if (controllerOf(dataVolume)?.uid !== machine.metadata?.uid) continue
        await unlessGone(client.delete(dataVolumes, { namespace, name }))
        deleted.push(name)
      }
      return deleted
    },
  }
}
