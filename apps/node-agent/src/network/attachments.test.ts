import { expect, test } from 'vitest'
import { bridgeOf } from './attachments.ts'

const definition = (config: unknown, annotations: Record<string, string> = {}) => ({
  apiVersion: 'k8s.cni.cncf.io/v1',
  kind: 'NetworkAttachmentDefinition',
  metadata: { namespace: 'default', name: 'lab', annotations },
  spec: { config: typeof config === 'string' ? config : JSON.stringify(config) },
})

test.each<[string, object, object]>([
  ['a bridge', { type: 'bridge', bridge: 'br1' }, { segment: 'bridge/br1' }],
  [
    'a VLAN of a bridge',
    { type: 'cnv-bridge', bridge: 'br1', vlan: 10, macspoofchk: true },
    { segment: 'bridge/br1.10', checkSender: true },
  ],
  ['a bridge without a name', { type: 'bridge' }, { segment: 'bridge/cni0' }],
  [
    'the first of a list of plug-ins',
    { name: 'lab', plugins: [{ type: 'cnv-bridge', bridge: 'br1' }, { type: 'tuning' }] },
    { segment: 'bridge/br1' },
  ],
  [
    'an overlay',
    { type: 'ovn-k8s-cni-overlay', name: 'tenant', topology: 'layer2' },
    { segment: 'overlay/tenant' },
  ],
])('%s', (_title, config, expected) => {
  expect(bridgeOf(definition(config))).toEqual({ checkSender: false, ...expected })
})

test('an annotation names the file to boot from', () => {
  const annotations = { 'virtdeck.io/netboot': 'boot.ipxe' }
  const config = { type: 'bridge', bridge: 'br1' }
  expect(bridgeOf(definition(config, annotations)).bootFile).toBe('boot.ipxe')
})

test.each([
  ['{', 'network default/lab: its CNI configuration is not JSON'],
  ['{"type":"sriov"}', 'network default/lab: failed to find plugin "sriov" on this node'],
])('refused: %s', (config, message) => {
  expect(() => bridgeOf(definition(config))).toThrow(message)
})
