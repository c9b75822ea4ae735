import { join } from 'node:path'

/** The log files in a guest's directory. */
export const guestLogFiles = (directory: string) => ({
  agent: join(directory, 'agent.log'),
  hypervisor: join(directory, 'qemu.log'),
  serial: join(directory, 'serial.log'),
})
