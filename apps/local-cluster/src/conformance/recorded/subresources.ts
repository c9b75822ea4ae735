import { conflict, failure, notFound, type Exchange } from '../exchange.ts'

const ROOT = '/apis/subresources.kubevirt.io/v1/namespaces/golden'
const VM = `${ROOT}/virtualmachines/vm-a`
const VMI = `${ROOT}/virtualmachineinstances/vm-a`
const INSTANCE = 'virtualmachineinstance.kubevirt.io'

const put = (
  name: string,
  path: string,
): Pick<Exchange, 'name' | 'method' | 'path' | 'body'> => ({
  name,
  method: 'PUT',
  path,
  body: {},
})
const ACCEPTED = { status: 202, contentType: null }

export const beforeStart: Exchange[] = [
  {
    ...put('vm-start-accept-json', `${VM}/start`),
    headers: { accept: 'application/json' },
    status: 406,
    contentType: 'text/plain; charset=utf-8',
    answer: '406: Not Acceptable\n\nAvailable representations: ',
  },
  {
    name: 'vm-console-stopped',
    method: 'GET',
    path: `${VMI}/console`,
    ...notFound(INSTANCE, 'vm-a'),
  },
  {
    ...put('vm-stop-stopped', `${VM}/stop`),
    ...conflict('virtualmachine.kubevirt.io', 'vm-a', 'VM is not running'),
  },
]

export const start: Exchange[] = [{ ...put('vm-start', `${VM}/start`), ...ACCEPTED }]

export const whileStarting: Exchange[] = [
  {
    // KubeVirt 1.0 said: Unable to connect to VirtualMachineInstance because phase is Pending …
    name: 'vmi-console-not-running',
    method: 'GET',
    path: `${VMI}/console`,
    ...failure(400, 'BadRequest', 'VMI is not running'),
  },
  {
    ...put('vmi-pause-not-running', `${VMI}/pause`),
    ...conflict(INSTANCE, 'vm-a', 'VM is not running'),
  },
  {
    name: 'vmi-guestosinfo-not-running',
    method: 'GET',
    path: `${VMI}/guestosinfo`,
    status: 500,
    contentType: 'text/plain; charset=utf-8',
    answer: `Operation cannot be fulfilled on ${INSTANCE} "vm-a": VMI is not running`,
  },
]

export const stop: Exchange[] = [{ ...put('vm-stop', `${VM}/stop`), ...ACCEPTED }]
