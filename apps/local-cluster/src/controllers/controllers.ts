import { StatusError, type KubernetesClient, type ResourceRef } from '@virtdeck/kubernetes'
import { dataVolumeController } from '../cdi/data-volume.ts'
import { clusterRoleAggregation } from './cluster-role-aggregation.ts'
import type { ControllerContext } from './context.ts'
import { runController, type RunningController } from './controller.ts'
import { endpointsController } from './endpoints.ts'
import { eventCleanup } from './event-cleanup.ts'
import { EventRecorder } from './event-recorder.ts'
import { garbageCollector } from './garbage-collector.ts'
import { SharedInformers } from './informers.ts'
import type { Logger } from './log.ts'
import { namespaceController } from './namespace.ts'
import { nodeLifecycleController } from './node-lifecycle.ts'
import { persistentVolumeClaimController } from './persistent-volume-claim.ts'
import { persistentVolumeController } from './persistent-volume.ts'
import { podGarbageCollector } from './pod-garbage-collector.ts'
import { schedulerController } from './scheduler.ts'
import { rootCertificateController } from './root-certificate.ts'
import { serviceAccountTokenController } from './service-account-token.ts'
import { serviceAccountController } from './service-account.ts'
import { taintEvictionController } from './taint-eviction.ts'
import { virtualMachineInstanceMigrationController } from './virtual-machine-instance-migration.ts'
import { volumeSnapshotController } from './volume-snapshot.ts'
import { virtualMachineInstanceController } from './virtual-machine-instance.ts'
import { virtualMachineCloneController } from './virtual-machine-clone.ts'
import { virtualMachineExportController } from './virtual-machine-export.ts'
import { virtualMachineRestoreController } from './virtual-machine-restore.ts'
import { virtualMachineSnapshotController } from './virtual-machine-snapshot.ts'
import { virtHandlerController } from './virt-handler.ts'
import { virtualMachineController } from './virtual-machine.ts'

export interface ControllersOptions {
  client: KubernetesClient
  /** Where volumes' files are. */
  volumesDirectory: string
  /** PEM of the certificate authority by which pods know the API server. */
  certificateAuthority: string
  log: Logger
}

const now = (): Date => new Date()

type Program = 'kubernetes' | 'scheduler' | 'kubevirt' | 'cdi'

interface ProgramNames {
  /** In the managed fields of what it writes. */
  objects: string | ((path: string) => string)
  events: string
}

const named = (name: string): ProgramNames => ({ objects: name, events: name })

/** The programs that the controllers are in a real cluster, by the names they write under. */
const PROGRAMS: Record<Program, ProgramNames> = {
  kubernetes: named('kube-controller-manager'),
  scheduler: named('kube-scheduler'),
  kubevirt: {
    // KubeVirt's own client does not say its name, the one for Kubernetes' kinds does.
    objects: (path) =>
      /^\/apis\/[\w.]*kubevirt\.io\//.test(path) ? 'Go-http-client' : 'virt-controller',
    events: 'virt-controller',
  },
  cdi: named('cdi-controller'),
}

/** Runs all controllers; resolves when their caches are complete and they have begun. */
export async function startControllers({
  client,
  volumesDirectory,
  certificateAuthority,
  log,
}: ControllersOptions): Promise<{ stop: () => Promise<void> }> {
  const informers = new SharedInformers(client, watchErrors(log))
  const recorders: EventRecorder[] = []
  const contextOf = (program: Program): ControllerContext => {
    const { objects, events: writer } = PROGRAMS[program]
    const events = new EventRecorder(client.sendingAs(writer), log)
    recorders.push(events)
    return {
      client: client.sendingAs(objects),
      informers,
      events,
      log,
      now,
      volumesDirectory,
      certificateAuthority,
    }
  }
  const kubernetes = contextOf('kubernetes')
  const scheduler = contextOf('scheduler')
  const kubevirt = contextOf('kubevirt')
  const cdi = contextOf('cdi')
  const controllers = [
    namespaceController(kubernetes),
    serviceAccountController(kubernetes),
    serviceAccountTokenController(kubernetes),
    rootCertificateController(kubernetes),
    clusterRoleAggregation(kubernetes),
    endpointsController(kubernetes),
    persistentVolumeClaimController(kubernetes),
    persistentVolumeController(kubernetes),
    dataVolumeController(cdi),
    virtualMachineController(kubevirt),
    virtualMachineInstanceController(kubevirt),
    virtualMachineInstanceMigrationController(kubevirt),
    volumeSnapshotController(kubernetes),
    virtualMachineSnapshotController(kubevirt),
    virtualMachineRestoreController(kubevirt),
    virtualMachineCloneController(kubevirt),
    await virtualMachineExportController(kubevirt),
    schedulerController(scheduler),
    nodeLifecycleController(kubernetes),
    taintEvictionController(kubernetes),
    podGarbageCollector(kubernetes),
    virtHandlerController(kubevirt),
    eventCleanup(kubernetes),
    // Last: it keeps only metadata of the kinds that nobody above reads.
    await garbageCollector(kubernetes),
  ]
  const running: RunningController[] = await Promise.all(
    controllers.map((controller) => runController(controller, log)),
  )
  return {
    stop: async () => {
      informers.stop()
      await Promise.all(running.map((controller) => controller.stop()))
      await Promise.all(recorders.map((events) => events.flush()))
    },
  }
}

const QUIET_MS = 10_000

/** When the API server goes away all watches say so at once: one line is enough. */
function watchErrors(log: Logger): (resource: ResourceRef, error: unknown) => void {
  let saidAt = 0
  return (resource, error) => {
    const message = error instanceof Error ? error.message : String(error)
    if (error instanceof StatusError && error.code !== 0) {
      log(`watching ${resource.resource}: ${message}`)
      return
    }
    if (Date.now() - saidAt < QUIET_MS) return
    saidAt = Date.now()
    log(`watches of the API server broke off and are tried again: ${message}`)
  }
}
