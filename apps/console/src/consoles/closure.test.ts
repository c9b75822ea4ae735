import { expect, test } from 'vitest'
import { closureOf, isMissingDevice } from './closure.ts'

test.each([
  [1006, '', 'lost'],
  [1000, '', 'lost'],
  [1001, 'server is going away', 'lost'],
  [1011, '', 'lost'],
  [4502, 'connect ECONNREFUSED', 'lost'],
  [4500, 'Internal error occurred: dialing virt-handler: EOF', 'lost'],
  [4400, 'VMI is not running', 'notRunning'],
  [4404, 'virtualmachineinstance.kubevirt.io "a" not found', 'notRunning'],
  [4409, 'VMI is in failed status', 'notRunning'],
  [4400, 'No serial consoles are present.', 'refused'],
  [4400, 'No graphics devices are present.', 'refused'],
  [4500, 'Active VNC connection. Request denied.', 'held'],
  [4503, 'Active VNC connection. Request denied.', 'held'],
  [4401, 'Unauthorized', 'refused'],
  [4403, 'virtualmachineinstances/vnc is forbidden', 'refused'],
  [4429, 'Too many consoles are open', 'refused'],
])('F-40 closed with %i %j: %s', (code, reason, type) => {
  expect(closureOf({ code, reason }).type).toBe(type)
})

test('F-40 the words of the cluster are kept', () => {
  expect(closureOf({ code: 4403, reason: 'no' })).toEqual({
    type: 'refused',
    status: 403,
    message: 'no',
  })
})

test('F-40 a device that the VM lacks', () => {
  expect(isMissingDevice('No serial consoles are present.')).toBe(true)
  expect(isMissingDevice('VMI is not running')).toBe(false)
})
