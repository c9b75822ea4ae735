import { describe, expect, it } from 'vitest'
import { type Circumstances, refusal } from './testing/refusal.ts'

type Row = [what: string, object: object, causes: string[], circumstances?: Circumstances]

describe('services', () => {
  const service = (spec: object) => ({ spec: { ports: [{ port: 80 }], ...spec } })
  const others = {
    services: [
      {
        metadata: { name: 'o' },
        spec: { clusterIP: '10.96.0.7', ports: [{ port: 1, nodePort: 30_001 }] },
      },
    ],
  }

  it.each<Row>([
    ['no ports', { spec: {} }, ['spec.ports: Required value']],
    [
      'ports without names',
      service({ ports: [{ port: 80 }, { port: 81 }] }),
      ['spec.ports[0].name: Required value', 'spec.ports[1].name: Required value'],
    ],
    [
      'one name for two ports',
      service({
        ports: [
          { name: 'a', port: 80 },
          { name: 'a', port: 81 },
        ],
      }),
      ['spec.ports[1].name: Duplicate value: "a"'],
    ],
    [
      'port zero',
      service({ ports: [{ port: 0 }] }),
      [
        'spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
        'spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive',
      ],
    ],
    [
      'a target with a long name',
      service({ ports: [{ port: 80, targetPort: 'a-very-long-port' }] }),
      [
        'spec.ports[0].targetPort: Invalid value: "a-very-long-port": must be no more than 15 characters',
      ],
    ],
    [
      'an unknown protocol',
      service({ ports: [{ port: 80, protocol: 'ICMP' }] }),
      [
        'spec.ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"',
      ],
    ],
    [
      'an unknown type',
      service({ type: 'Magic' }),
      [
        'spec.type: Unsupported value: "Magic": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      ],
    ],
    [
      'a node port of a service inside',
      service({ ports: [{ port: 80, nodePort: 30_000 }] }),
      ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
    ],
    [
      'a node port out of range',
      service({ type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] }),
      [
        'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
      ],
    ],
    [
      'a node port in use',
      service({ type: 'NodePort', ports: [{ port: 80, nodePort: 30_001 }] }),
      ['spec.ports[0].nodePort: Invalid value: 30001: provided port is already allocated'],
      { existing: others },
    ],
    [
      'an address that is none',
      service({ clusterIP: 'here' }),
      [
        'spec.clusterIPs[0]: Invalid value: "here": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      ],
    ],
    [
      'an address of another network',
      service({ clusterIP: '192.168.0.1' }),
      [
        'spec.clusterIPs: Invalid value: []string{"192.168.0.1"}: failed to allocate IP 192.168.0.1: the provided IP (192.168.0.1) is not in the valid range. The range of valid IPs is 10.96.0.0/16',
      ],
    ],
    [
      'an address in use',
      service({ clusterIP: '10.96.0.7' }),
      [
        'spec.clusterIPs: Invalid value: []string{"10.96.0.7"}: failed to allocate IP 10.96.0.7: provided IP is already allocated',
      ],
      { existing: others },
    ],
    [
      'another address later',
      service({ clusterIP: '10.96.0.9' }),
      ['spec.clusterIPs[0]: Invalid value: []string{"10.96.0.9"}: may not change once set'],
      { old: service({ clusterIP: '10.96.0.8', type: 'ClusterIP' }) },
    ],
    [
      'a name outside that is missing',
      { spec: { type: 'ExternalName' } },
      ['spec.externalName: Required value'],
    ],
  ])('may not have %s', (_what, object, causes, circumstances) => {
    expect(refusal('Service', object, circumstances)?.causes).toEqual(causes)
  })
})
