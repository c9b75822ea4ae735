import type { InterfaceInfo } from '@virtdeck/kubevirt'
import type { VirtualMachineContext } from '../../pages/virtual-machines/virtual-machine-context.ts'

export type MissingForRdp =
  | 'notRunning'
  | 'notWindows'
  | 'noAgent'
  | 'noLayerTwo'
  | 'otherInterface'
  | 'noAddress'

/** Pure: what keeps remote desktop clients from reaching a guest, in the order of mending. */
export function missingForRdp(
  { virtualMachine, instance }: Pick<VirtualMachineContext, 'virtualMachine' | 'instance'>,
  { interfaces, chosen }: { interfaces: InterfaceInfo[]; chosen: InterfaceInfo | undefined },
): MissingForRdp[] {
  if (instance?.status?.phase !== 'Running') return ['notRunning']
  const hasAgent = instance.status.conditions?.some(
    ({ type, status }) => type === 'AgentConnected' && status === 'True',
  )
  const missing: MissingForRdp[] = []
  if (!isWindowsGuest({ virtualMachine, instance })) missing.push('notWindows')
  if (!hasAgent) missing.push('noAgent')
  if (!interfaces.some(isLayerTwo)) missing.push('noLayerTwo')
  else if (chosen && !isLayerTwo(chosen)) missing.push('otherInterface')
  else if (!chosen?.ipAddresses.length) missing.push('noAddress')
  return missing
}

/** On a network of its own, or with the pod's own address: masquerade hides the guest. */
const isLayerTwo = ({ network, binding }: InterfaceInfo): boolean =>
  network !== undefined || binding === 'bridge'

function isWindowsGuest({
  virtualMachine,
  instance,
}: Pick<VirtualMachineContext, 'virtualMachine' | 'instance'>): boolean {
  const { id, name } = instance?.status?.guestOSInfo ?? {}
  const { annotations, labels } = virtualMachine.metadata ?? {}
  const template = virtualMachine.spec.template?.metadata
  const hints = [
    id,
    name,
    annotations?.['vm.kubevirt.io/os'],
    template?.annotations?.['vm.kubevirt.io/os'],
    virtualMachine.spec.preference?.name,
    ...Object.keys({ ...labels, ...template?.labels }).map((key) =>
      key.replace('os.template.kubevirt.io/', ''),
    ),
  ]
  return hints.some((hint) => /^(ms|microsoft )?win(dows|\d)/i.test(hint ?? ''))
}
