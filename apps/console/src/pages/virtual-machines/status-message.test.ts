import type {
  V1VirtualMachine,
  V1VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { expect, test } from 'vitest'
import { statusMessageOf } from './status-message.ts'

const virtualMachine = (printableStatus: string): V1VirtualMachine => ({
  spec: { template: {} },
  status: {
    printableStatus,
    conditions: [
      { type: 'Ready', status: 'False', message: 'Guest VM is not reported as running' },
    ],
  },
})

const instance = {
  spec: { domain: { devices: {} } },
  status: {
    conditions: [
      { type: 'Synchronized', status: 'False', message: 'failed to pull image: 404' },
    ],
  },
} satisfies V1VirtualMachineInstance

test('the most telling condition explains an error', () => {
  expect(statusMessageOf(virtualMachine('ErrImagePull'), instance)).toBe(
    'failed to pull image: 404',
  )
})

test('without a VMI the conditions of the VM have to do', () => {
  expect(statusMessageOf(virtualMachine('ErrorPvcNotFound'), null)).toMatch(/not reported/)
})

test('a VM that is stopped on purpose needs no explanation', () => {
  expect(statusMessageOf(virtualMachine('Stopped'), null)).toBeUndefined()
})

test('that there is no VMI explains nothing', () => {
  const failed = virtualMachine('DataVolumeError')
  const [ready] = failed.status?.conditions ?? []
  Object.assign(ready ?? {}, { reason: 'VMINotExists', message: 'VMI does not exist' })
  expect(statusMessageOf(failed, null)).toBeUndefined()
})
