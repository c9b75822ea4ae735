import type { V1VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'

/** Node agents without a hypervisor put this on the guests that they play. */
const ANNOTATION = 'virtdeck.io/simulated'

export const isSimulated = (instance: V1VirtualMachineInstance | null | undefined): boolean =>
  instance?.metadata?.annotations?.[ANNOTATION] === 'true'
