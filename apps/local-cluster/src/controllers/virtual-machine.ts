import { claimNameOf, expandInstanceSpec, isFinal } from '@virtdeck/kubevirt'
import { controllerOf, keyOf, RESOURCES, type RequeueAfter } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, failedWith, unlessGone, type Controller } from './controller.ts'
import { addFinalizer, hasFinalizer, removeFinalizer } from './finalizers.ts'
import { IndexBy } from './index-by.ts'
import type { VirtualMachine, VirtualMachineInstance } from './informers.ts'
import { differences } from './merge-patch.ts'
import { snapshotClasses } from './snapshots/snapshot-class.ts'
import { createDataVolumes } from './virtual-machine/data-volume-creation.ts'
import {
  ChoiceNotFoundError,
  choiceAnnotations,
  keepChoices,
  readChoices,
  type ChosenRefs,
} from './virtual-machine/instancetypes.ts'
import { followTemplate } from './virtual-machine/template-following.ts'
import { isRefusal } from './virtual-machine/refusal.ts'
import { COMPONENT, OBSERVED_API_VERSIONS, VM_FINALIZER } from './virtual-machine/names.ts'
import { newInstance } from './virtual-machine/new-instance.ts'
import { createRevision, deleteRevision } from './virtual-machine/revisions.ts'
import { decideRun } from './virtual-machine/run-decision.ts'
import { virtualMachineStatus } from './virtual-machine/status.ts'

const RETRY_REFUSED_MS = 30_000

type Failure = { reason: string; message: string }

/** What one pass has found and done, for the status at its end. */
interface Pass {
  virtualMachine: VirtualMachine
  instance: VirtualMachineInstance | undefined
  failure?: Failure
  refs?: ChosenRefs
  addStartRequest?: boolean
  runStrategySynchronized: boolean
  requeue?: RequeueAfter
}

/** VM → VMI: run strategies, restarts, DataVolumes from templates, status. */
export function virtualMachineController(context: ControllerContext): Controller {
  const { client, informers, events, now } = context
  const virtualMachines = informers.virtualMachines()
  const instances = informers.virtualMachineInstances()
  const dataVolumes = informers.dataVolumes()
  const claims = informers.persistentVolumeClaims()
  const usersOfClaim = new IndexBy(virtualMachines, ({ metadata, spec }) => {
    const names = (spec.template.spec?.volumes ?? []).map(claimNameOf)
    const templates = (spec.dataVolumeTemplates ?? []).map(({ metadata }) => metadata?.name)
    return [...new Set([...names, ...templates])].flatMap((name) =>
      name === undefined ? [] : [`${metadata?.namespace}/${name}`],
    )
  })
  const snapshotClassOf = snapshotClasses(informers)
  const record = (
    about: VirtualMachine,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ) => events.record(about, { type, reason, message, component: COMPONENT })

  return {
    name: 'virtual-machine',
    concurrency: 8,
    sources: [
      changesOf(virtualMachines, (object) => [keyOf(object)]),
      changesOf(instances, (object) => [keyOf(object)]),
      changesOf(dataVolumes, (object) => usersOfClaim.keys(keyOf(object))),
      changesOf(claims, (object) => usersOfClaim.keys(keyOf(object))),
    ],
    reconcile: async (key) => {
      const virtualMachine = virtualMachines.get(key)
      if (virtualMachine === undefined) return undefined
      const found = instances.get(key)
      const owned = found && controllerOf(found)?.uid === virtualMachine.metadata?.uid
      const pass: Pass = {
        virtualMachine,
        instance: owned ? found : undefined,
        runStrategySynchronized: false,
      }
      if (virtualMachine.metadata?.deletionTimestamp === undefined) {
        pass.virtualMachine = await addFinalizer(client, RESOURCES.virtualMachines, {
          object: virtualMachine,
          finalizer: VM_FINALIZER,
          annotations: OBSERVED_API_VERSIONS,
        })
        await follow(pass)
      } else if (await finishDeletion(pass)) return undefined
      await writeStatus(pass)
      await releaseInstance(pass)
      return pass.requeue
    },
  }

  /** Returns whether nothing is left to do. */
  async function finishDeletion(pass: Pass): Promise<boolean> {
    if (pass.instance && !hasFinalizer(pass.virtualMachine, 'orphan')) {
      await stop(pass)
      return false
    }
    const held = { object: pass.virtualMachine, finalizer: VM_FINALIZER }
    await removeFinalizer(client, RESOURCES.virtualMachines, held)
    return true
  }

  async function follow(pass: Pass): Promise<void> {
    const { virtualMachine } = pass
    if (!(await chooseInstancetypes(pass))) return
    const find = lookups(virtualMachine)
    const dataVolumes = await createDataVolumes(context, virtualMachine, find)
    if (dataVolumes.failure) {
      pass.failure = dataVolumes.failure
      pass.requeue = { requeueAfterMs: RETRY_REFUSED_MS }
    }
    const decision = decideRun(virtualMachine, pass.instance, now())
    // A start waits for its disks, a stop does not.
    const starts = decision.do === 'start' || decision.do === 'wait'
    if (pass.failure || (starts && !dataVolumes.ready)) return
    pass.runStrategySynchronized = true
    switch (decision.do) {
      case 'start':
        return start(pass, decision.paused)
      case 'wait':
        pass.requeue = { requeueAfterMs: decision.milliseconds }
        return undefined
      case 'stop':
        pass.addStartRequest = decision.thenStart
        return stop(pass)
      case 'unhalt':
        await unhalt(virtualMachine)
        return undefined
      case 'nothing':
        return undefined
    }
  }

  /** Keeps what the VM chose; returns whether all of it exists. */
  async function chooseInstancetypes(pass: Pass): Promise<boolean> {
    try {
      pass.refs = await keepChoices(client, pass.virtualMachine)
      return true
    } catch (error) {
      if (!(error instanceof ChoiceNotFoundError)) throw error
      fail(pass, { reason: error.reason, message: error.message })
      return false
    }
  }

  function fail(pass: Pass, failure: Failure): void {
    pass.failure = failure
    pass.runStrategySynchronized = false
    pass.requeue = { requeueAfterMs: RETRY_REFUSED_MS }
  }

  /** The spec of the instance to start; undefined if the VM contradicts its instance type. */
  async function expand(pass: Pass): Promise<VirtualMachineInstance['spec'] | undefined> {
    const { virtualMachine, refs } = pass
    const { spec } = virtualMachine.spec.template
    if (spec === undefined) throw new Error('missing virtual machine template.')
    if (!refs?.instancetypeRef && !refs?.preferenceRef) return spec
    const choices = await readChoices(client, virtualMachine, refs)
    const expansion = expandInstanceSpec(spec, choices, 'spec')
    if (expansion.spec) return expansion.spec
    const fields = expansion.conflicts.join(', ')
    const message = `VMI conflicts with instancetype spec in fields: [${fields}]`
    record(virtualMachine, 'Warning', 'FailedCreate', message)
    fail(pass, { reason: 'FailedCreate', message })
    return undefined
  }

  async function start(pass: Pass, paused: boolean): Promise<void> {
    const { virtualMachine } = pass
    const { name } = targetOf(virtualMachine)
    try {
      const spec = await expand(pass)
      if (spec === undefined) return
      await createRevision(client, virtualMachine)
      const annotations = choiceAnnotations(virtualMachine)
      pass.instance = await client.create<VirtualMachineInstance>(
        RESOURCES.virtualMachineInstances,
        newInstance(virtualMachine, { paused, spec, annotations }),
      )
      const message = `Started the virtual machine by creating the new virtual machine instance ${name}`
      record(virtualMachine, 'Normal', 'SuccessfulCreate', message)
    } catch (error) {
      if (failedWith(error, 409)) {
        await adoptExisting(pass)
        return
      }
      if (!isRefusal(error)) throw error
      const message = `Error creating virtual machine instance: ${error.message}`
      record(virtualMachine, 'Warning', 'FailedCreate', message)
      fail(pass, { reason: 'FailedCreate', message: error.message })
    }
  }

  /** The cache had not seen an instance that exists: ours, or somebody else's of that name. */
  async function adoptExisting(pass: Pass): Promise<void> {
    const { virtualMachine } = pass
    const target = targetOf(virtualMachine)
    const instance = await client.get<VirtualMachineInstance>(
      RESOURCES.virtualMachineInstances,
      target,
    )
    if (controllerOf(instance)?.uid === virtualMachine.metadata?.uid) {
      pass.instance = instance
      return
    }
    const message = `VirtualMachineInstance ${target.name} exists and belongs to another owner`
    pass.failure = { reason: 'FailedCreate', message }
    pass.runStrategySynchronized = false
  }

  async function stop(pass: Pass): Promise<void> {
    const { virtualMachine, instance } = pass
    if (instance === undefined || instance.metadata?.deletionTimestamp !== undefined) return
    const { uid = '' } = instance.metadata ?? {}
    const target = targetOf(instance)
    await unlessGone(
      client.delete(RESOURCES.virtualMachineInstances, target, { preconditions: { uid } }),
    )
    const message = `Stopped the virtual machine by deleting the virtual machine instance ${uid}`
    record(virtualMachine, 'Normal', 'SuccessfulDelete', message)
    const deletionTimestamp = now().toISOString()
    pass.instance = { ...instance, metadata: { ...instance.metadata, deletionTimestamp } }
  }

  async function unhalt(virtualMachine: VirtualMachine): Promise<void> {
    const { spec, metadata } = virtualMachine
    await client.patch(RESOURCES.virtualMachines, targetOf(virtualMachine), {
      metadata: { resourceVersion: metadata?.resourceVersion },
      spec: spec.running === undefined ? { runStrategy: 'Always' } : { running: true },
    })
  }

  async function writeStatus(pass: Pass): Promise<void> {
    const { virtualMachine } = pass
    const followed = await followTemplate(client, virtualMachine, pass.instance)
    pass.instance = followed.instance
    const restartRequired = followed.restart
    const status = virtualMachineStatus({
      ...pass,
      ...lookups(virtualMachine),
      restartRequired,
      snapshotClassOf,
      now: now(),
    })
    const changes = differences(virtualMachine.status, status)
    if (changes === undefined) return
    const { resourceVersion } = virtualMachine.metadata ?? {}
    await unlessGone(
      client.patch(
        RESOURCES.virtualMachines,
        targetOf(virtualMachine),
        { metadata: { resourceVersion }, status: changes },
        { subresource: 'status' },
      ),
    )
  }

  /** The VM has seen how its instance ended: from here on it may go. */
  async function releaseInstance({ instance }: Pass): Promise<void> {
    if (!instance?.metadata?.deletionTimestamp || !isFinal(instance)) return
    if (!hasFinalizer(instance, VM_FINALIZER)) return
    await deleteRevision(client, instance)
    const held = { object: instance, finalizer: VM_FINALIZER }
    await removeFinalizer(client, RESOURCES.virtualMachineInstances, held)
  }

  function lookups({ metadata }: VirtualMachine) {
    return {
      dataVolume: (name: string) => dataVolumes.get(`${metadata?.namespace}/${name}`),
      claim: (name: string) => claims.get(`${metadata?.namespace}/${name}`),
    }
  }
}

function targetOf({ metadata }: VirtualMachine | VirtualMachineInstance): {
  namespace: string
  name: string
} {
  return { namespace: metadata?.namespace ?? '', name: metadata?.name ?? '' }
}
