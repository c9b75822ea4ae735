import type { Duplex } from 'node:stream'
import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { openGuestPort } from '../../network/guest-ports.ts'
import { instanceUidOf } from '../containers.ts'
import type { GuestLookup } from '../guest-lookup.ts'

/** A port of a launcher pod is the guest's: KubeVirt's masquerade hands them all on. */
export async function openPodPort(
  lookup: GuestLookup,
  pod: Pod,
  port: number,
): Promise<Duplex> {
  const uid = instanceUidOf(pod)
  if (uid === undefined) {
    throw new Error(
      "connection refused: Virtdeck's local cluster runs virtual machines only, there is no process behind this pod",
    )
  }
  const running = lookup.byUid(uid)
  if (running === undefined || running.end !== undefined || !running.started) {
    throw new Error('connection refused: the guest does not run')
  }
  return openGuestPort(running, { port, protocol: 'tcp' })
}
