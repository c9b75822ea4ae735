import { denied, failure, invalid, type Exchange } from '../exchange.ts'
import {
  created,
  PATH,
  RUNNING_WARNING,
  virtualMachine,
  type Variant,
} from './virtual-machine.ts'

const VALIDATOR = 'virtualmachine-validator.kubevirt.io'
const MUTATOR = 'virtualmachines-mutator.kubevirt.io'
const DEVICES = 'spec.template.spec.domain.devices'
const DOMAIN = 'spec.template.spec.domain'

const create = (name: string, variant: Variant): Omit<Exchange, 'status'> => ({
  name,
  method: 'POST',
  path: PATH,
  body: virtualMachine(variant),
})

/** A webhook that refuses has not seen the whole object: no warning of `running`. */
export const admission: Exchange[] = [
  {
    ...create('vm-disk-without-volume', { disk: { name: 'wrong' } }),
    ...denied(VALIDATOR, [
      `${DEVICES}.disks[0].Name 'wrong' not found.`,
      `${DEVICES}.disks[0].name`,
    ]),
  },
  {
    ...create('vm-masquerade-multus', { network: { multus: { networkName: 'br' } } }),
    ...denied(VALIDATOR, [
      'Masquerade interface only implemented with pod network',
      `${DEVICES}.interfaces[0].name`,
    ]),
  },
  {
    name: 'vm-no-template',
    method: 'POST',
    path: PATH,
    body: { ...virtualMachine(), spec: { running: false } },
    ...denied(MUTATOR, ['spec.template in body is required']),
  },
  {
    ...create('vm-bad-name', { name: 'Bad_Name' }),
    ...invalid('VirtualMachine.kubevirt.io', 'Bad_Name', [
      'metadata.name',
      `Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
    ]),
  },
  {
    ...create('vm-bad-bus', { disk: { disk: { bus: 'floppy9' } } }),
    ...denied(VALIDATOR, [
      `${DEVICES}.disks[0] is set with an unrecognized bus floppy9, must be one of: [virtio scsi sata usb]`,
      `${DEVICES}.disks[0].disk.bus`,
    ]),
  },
  {
    ...create('vm-guest-memory-above-limit', {
      resources: { requests: { memory: '1Gi' }, limits: { memory: '2Gi' } },
      domain: { memory: { guest: '4Gi' } },
    }),
    ...denied(VALIDATOR, [
      `${DOMAIN}.memory.guest '4Gi' must be equal to or less than the memory limit ${DOMAIN}.resources.limits.memory '2Gi'`,
      `${DOMAIN}.memory.guest`,
    ]),
  },
  {
    ...create('vm-bad-mac', { interface: { macAddress: 'zz:zz' } }),
    ...denied(VALIDATOR, [
      `interface ${DEVICES}.interfaces[0].name has malformed MAC address (zz:zz).`,
      `${DEVICES}.interfaces[0].macAddress`,
    ]),
  },
  {
    ...create('vm-bad-quantity', { resources: { requests: { memory: 'lots' } } }),
    ...failure(
      400,
      '',
      `admission webhook "${MUTATOR}" denied the request: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
    ),
  },
  {
    ...create('vm-boot-order-zero', { disk: { bootOrder: 0 } }),
    ...denied(VALIDATOR, [
      `${DEVICES}.disks[0] must have a boot order > 0, if supplied`,
      `${DEVICES}.disks[0].bootOrder`,
    ]),
  },
  {
    ...create('vm-cloudinit-empty', {
      devices: {
        disks: [
          { name: 'rootdisk', disk: { bus: 'virtio' } },
          { name: 'ci', disk: {} },
        ],
      },
      volumes: [{ name: 'ci', cloudInitNoCloud: {} }],
    }),
    ...denied(VALIDATOR, [
      'spec.template.spec.volumes[1].cloudInitNoCloud must have at least one userdatasource or one networkdatasource set.',
      'spec.template.spec.volumes[1].cloudInitNoCloud',
    ]),
  },
  {
    ...create('vm-too-many-cores', { domain: { cpu: { cores: 100_000 } } }),
    status: 201,
    answerHeaders: { warning: RUNNING_WARNING },
    answer: created({ name: 'bad', domain: { cpu: { cores: 100_000 } } }),
  },
  {
    ...create('vm-type-error', { running: 'yes' }),
    ...denied(MUTATOR, ['spec.running in body must be of type boolean: "string"']),
  },
]
