import { StatusError, type KubernetesClient, type ResourceRef } from '@virtdeck/kubernetes'
import { dataVolumeController } from '../cdi/data-volume.ts'
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
import { virtualMachineInstanceMigrationController } from './virtual-machine-instance-migration.ts'
import { virtualMachineInstanceController } from './virtual-machine-instance.ts'
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

/** Runs all controllers; resolves when their caches are complete and they have begun. */
export async function startControllers({
  client,
  volumesDirectory,
  certificateAuthority,
  log,
}: ControllersOptions): Promise<{ stop: () => Promise<void> }> {
  const informers = new SharedInformers(client, watchErrors(log))
  const events = new EventRecorder(client, log)
  const context: ControllerContext = {
    client,
    informers,
    events,
    log,
    now,
    volumesDirectory,
    certificateAuthority,
  }
  const controllers = [
    namespaceController(context),
    serviceAccountController(context),
    serviceAccountTokenController(context),
    rootCertificateController(context),
    endpointsController(context),
    persistentVolumeClaimController(context),
    persistentVolumeController(context),
    dataVolumeController(context),
    virtualMachineController(context),
    virtualMachineInstanceController(context),
    virtualMachineInstanceMigrationController(context),
    schedulerController(context),
    nodeLifecycleController(context),
    podGarbageCollector(context),
    eventCleanup(context),
    // Last: it keeps only metadata of the kinds that nobody above reads.
    await garbageCollector(context),
  ]
  const running: RunningController[] = await Promise.all(
    controllers.map((controller) => runController(controller, log)),
  )
  return {
    stop: async () => {
      informers.stop()
      await Promise.all(running.map((controller) => controller.stop()))
      await events.flush()
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
