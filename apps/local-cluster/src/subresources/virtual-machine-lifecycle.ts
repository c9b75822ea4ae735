import type {
  V1VirtualMachine as VirtualMachine,
  V1VirtualMachineInstance as VirtualMachineInstance,
  V1VirtualMachineStateChangeRequest as StateChange,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { type KubernetesObject, statusErrors } from '@virtdeck/kubernetes'
import { isDryRun, notAcceptable, optionsOf } from './options-body.ts'
import type { SubresourceHandler, SubresourceRequest } from './subresource.ts'
import {
  findInstance,
  hasCondition,
  instanceKey,
  instanceOf,
  isFinal,
  isRunning,
  machineConflict,
  machineKey,
  machineOf,
  runStrategyOf,
  SUBRESOURCES_API,
} from './virtual-machine-objects.ts'

type Options = Record<string, unknown>
type Action = (request: SubresourceRequest, options: Options) => Promise<void>

const RECOVERY =
  'VM recovery required: Volume migration failed, leaving some volumes pointing to non-consistent targets; manual intervention is needed to reassign them to their original volumes.'

/** Start, stop, restart and migrate of a VM: each answers 202 without a body. */
export const virtualMachineLifecycle: SubresourceHandler[] = [
  action('start', start),
  action('stop', stop),
  action('restart', restart),
  action('migrate', migrate),
]

function action(subresource: string, run: Action): SubresourceHandler {
  return {
    ...SUBRESOURCES_API,
    resource: 'virtualmachines',
    subresource,
    scope: 'object',
    namespaced: true,
    methods: ['PUT'],
    discovery: { kind: '' },
    handle: async (request) => {
      const refusal = notAcceptable(request)
      if (refusal) return refusal
      await run(request, await optionsOf(request))
      return { status: 202 }
    },
  }
}

async function start(request: SubresourceRequest, options: Options): Promise<void> {
  const machine = machineOf(request)
  const instance = findInstance(request)
  const phase = instance?.status?.phase ?? ''
  if (instance && !isFinal(instance) && phase !== '' && phase !== 'Unknown') {
    throw machineConflict(request, 'VM is already running')
  }
  if (hasCondition(machine, 'ManualRecoveryRequired')) throw machineConflict(request, RECOVERY)
  const strategy = runStrategyOf(machine)
  const data = options.paused ? { paused: 'true' } : undefined
  const startRequest: StateChange = { action: 'Start', ...(data && { data }) }
  switch (strategy) {
    case 'Halted':
      await change(request, options, (object) => {
        // virt-controller starts a paused VM upon the request, and sets the strategy then.
        if (data) addStateChanges(request, object, [startRequest])
        else setRunning(object, true)
      })
      return
    case 'Manual':
    case 'RerunOnFailure': {
      if (strategy === 'RerunOnFailure' && phase === 'Failed') {
        throw machineConflict(
          request,
          'RerunOnFailure does not support starting VM from failed state',
        )
      }
      const stopFirst = instance && isFinal(instance) ? [stopRequest(instance)] : []
      await change(request, options, (object) =>
        addStateChanges(request, object, [...stopFirst, startRequest]),
      )
      return
    }
    default:
      throw machineConflict(request, `${strategy} does not support manual start requests`)
  }
}

async function stop(request: SubresourceRequest, options: Options): Promise<void> {
  const machine = machineOf(request)
  const instance = findInstance(request)
  const strategy = runStrategyOf(machine)
  const gracePeriod = typeof options.gracePeriod === 'number' ? options.gracePeriod : undefined
  const before = instance?.spec.terminationGracePeriodSeconds
  const active = instance && !isFinal(instance)
  if (strategy === 'Always' || strategy === 'Once') {
    await shorten(request, options, active ? gracePeriod : undefined)
    await change(request, options, (object) => setRunning(object, false))
    return
  }
  if (!active) throw machineConflict(request, 'VM is not running')
  const tooLong = gracePeriod === undefined || (before !== undefined && gracePeriod >= before)
  if (strategy === 'Halted' && tooLong) {
    throw machineConflict(
      request,
      'Halted only supports manual stop requests with a shorter graceperiod',
    )
  }
  await shorten(request, options, gracePeriod)
  await change(request, options, (object) =>
    addStateChanges(request, object, [stopRequest(instance)]),
  )
}

async function restart(request: SubresourceRequest, options: Options): Promise<void> {
  const { gracePeriodSeconds } = options
  if (typeof gracePeriodSeconds === 'number' && gracePeriodSeconds > 0) {
    throw statusErrors.badRequest('For force restart, only gracePeriod=0 is supported for now')
  }
  if (typeof gracePeriodSeconds === 'number' && gracePeriodSeconds < 0) {
    throw statusErrors.badRequest('gracePeriod has to be greater or equal to 0')
  }
  const machine = machineOf(request)
  if (hasCondition(machine, 'VolumesChange')) throw machineConflict(request, RECOVERY)
  const strategy = runStrategyOf(machine)
  if (strategy === 'Halted' || strategy === 'Once') {
    const message = `RunStategy ${strategy} does not support manual restart requests`
    throw machineConflict(request, message)
  }
  const instance = findInstance(request)
  if (!instance) throw machineConflict(request, 'VM is not running: Halted')
  await change(request, options, (object) =>
    addStateChanges(request, object, [stopRequest(instance), { action: 'Start' }]),
  )
  // Custom resources have no grace period of their own: a forced restart ends the pod.
  if (gracePeriodSeconds === 0 && !isDryRun(request, options)) {
    await deleteLauncher(request, instance)
  }
}

async function migrate(request: SubresourceRequest, options: Options): Promise<void> {
  machineOf(request)
  const instance = instanceOf(request)
  if (!isRunning(instance)) throw machineConflict(request, 'VM is not running')
  if (isDryRun(request, options)) return
  const { addedNodeSelector } = options
  await request.services.objects.create(
    { group: 'kubevirt.io', resource: 'virtualmachineinstancemigrations' },
    {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachineInstanceMigration',
      metadata: { generateName: 'kubevirt-migrate-vm-', namespace: request.namespace },
      spec: { vmiName: request.name, ...(addedNodeSelector ? { addedNodeSelector } : {}) },
    },
  )
}

async function change(
  request: SubresourceRequest,
  options: Options,
  mutate: (machine: VirtualMachine) => void,
): Promise<void> {
  const machine = machineOf(request)
  if (isDryRun(request, options)) {
    mutate(structuredClone(machine))
    return
  }
  await request.services.objects.mutate(machineKey(request), (object: KubernetesObject) =>
    mutate(object as VirtualMachine),
  )
}

/** The field in use is the one that is changed. */
function setRunning({ spec }: VirtualMachine, running: boolean): void {
  if (spec.runStrategy === undefined) spec.running = running
  else spec.runStrategy = running ? 'Always' : 'Halted'
}

function stopRequest({ metadata }: VirtualMachineInstance): StateChange {
  return { action: 'Stop', uid: metadata?.uid ?? '' }
}

function addStateChanges(
  request: SubresourceRequest,
  machine: VirtualMachine,
  changes: StateChange[],
): void {
  const status = (machine.status ??= {})
  const replaces = changes.length === 1 && changes[0]?.action === 'Stop'
  if (status.stateChangeRequests?.length && !replaces) {
    const message = 'unable to complete request: stop/start already underway'
    throw machineConflict(request, message)
  }
  status.stateChangeRequests = changes
  delete status.startFailure
}

async function shorten(
  request: SubresourceRequest,
  options: Options,
  gracePeriod: number | undefined,
): Promise<void> {
  if (gracePeriod === undefined || isDryRun(request, options)) return
  await request.services.objects.mutate(instanceKey(request), (object) => {
    ;(object as VirtualMachineInstance).spec.terminationGracePeriodSeconds = gracePeriod
  })
}

async function deleteLauncher(
  { namespace, services }: SubresourceRequest,
  { metadata }: VirtualMachineInstance,
): Promise<void> {
  const pods = services.objects.list({ group: '', resource: 'pods', namespace })
  const launcher = pods.find(
    (pod) => pod.metadata?.labels?.['kubevirt.io/created-by'] === metadata?.uid,
  )
  const name = launcher?.metadata?.name
  if (name === undefined) return
  const key = { group: '', resource: 'pods', namespace, name }
  await services.objects.delete(key, { gracePeriodSeconds: 1 })
}
